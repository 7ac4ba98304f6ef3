using System.Collections.Immutable;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Parses Retry and Catch.</summary>
internal sealed class HandlerParser(StateParser state, TransitionLinks links, Fields fields)
{
    public ImmutableArray<Retrier> Retriers()
    {
        var retriers = ImmutableArray.CreateBuilder<Retrier>();
        foreach (var retrier in fields.Objects("Retry"))
        {
            retrier.Any("Comment");
            var jitter = retrier.Text("JitterStrategy");
            if (jitter is not (null or "FULL" or "NONE"))
            {
                retrier.ProblemAt("JitterStrategy", "Value is not one of FULL, NONE");
            }

            retriers.Add(new Retrier
            {
                ErrorEquals = retrier.Texts("ErrorEquals", required: true),
                IntervalSeconds = retrier.Integer("IntervalSeconds", 1) ?? 1,
                MaxAttempts = retrier.Integer("MaxAttempts", 0) ?? 3,
                BackoffRate = retrier.Number("BackoffRate", 1) ?? 2.0,
                MaxDelaySeconds = retrier.Integer("MaxDelaySeconds", 1, 31_622_400),
                FullJitter = jitter == "FULL",
            });
            retrier.RefuseOthers();
        }

        CheckAll("Retry", [.. retriers.Select(static retrier => retrier.ErrorEquals)]);
        return retriers.ToImmutable();
    }

    public ImmutableArray<Catcher> Catchers()
    {
        var catchers = ImmutableArray.CreateBuilder<Catcher>();
        foreach (var catcher in fields.Objects("Catch"))
        {
            catcher.Any("Comment");
            var next = catcher.Text("Next", required: true);
            catchers.Add(new Catcher
            {
                ErrorEquals = catcher.Texts("ErrorEquals", required: true),
                Next = next is null ? new Target("") : links.Add(next, catcher.Location.Field("Next")),
                ResultPath = catcher.ResultPath("ResultPath"),
                Assign = state.Assign(catcher),
            });
            catcher.RefuseOthers();
        }

        CheckAll("Catch", [.. catchers.Select(static catcher => catcher.ErrorEquals)]);
        return catchers.ToImmutable();
    }

    /// <summary>States.ALL stands alone, and last.</summary>
    private void CheckAll(string field, ImmutableArray<ImmutableArray<string>> errors)
    {
        for (var i = 0; i < errors.Length; i++)
        {
            if (errors[i].Contains(ErrorNames.All) && errors[i].Length > 1)
            {
                fields.ProblemAt(field, $"'{ErrorNames.All}' must appear alone in 'ErrorEquals'");
            }

            if (errors[i].Contains(ErrorNames.All) && i < errors.Length - 1)
            {
                fields.ProblemAt(field, $"'{ErrorNames.All}' must be in the last entry");
            }
        }
    }
}
