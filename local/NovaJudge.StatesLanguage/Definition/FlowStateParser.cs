using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The states that direct the flow: Pass, Choice, Wait, Succeed, Fail.</summary>
internal sealed partial class StateParser
{
    private SucceedState ParseSucceed()
    {
        links.AddTerminal();
        return new SucceedState { Name = name, InputPath = fields.PathOrNull("InputPath"), OutputPath = fields.PathOrNull("OutputPath") };
    }

    private PassState ParsePass() => new()
    {
        Name = name,
        InputPath = fields.PathOrNull("InputPath"),
        OutputPath = fields.PathOrNull("OutputPath"),
        ResultPath = fields.ResultPath("ResultPath"),
        Parameters = fields.Template("Parameters"),
        Result = fields.Any("Result"),
        Assign = Assign(fields),
        Next = Transition(),
    };

    private ChoiceState ParseChoice()
    {
        var branches = ImmutableArray.CreateBuilder<ChoiceBranch>();
        foreach (var choice in fields.Objects("Choices", required: true, orEmpty: false))
        {
            var next = choice.Text("Next", required: true);
            var assign = Assign(choice);
            if (ChoiceParser.Parse(choice, top: true) is { } rule && next is not null)
            {
                branches.Add(new ChoiceBranch(rule, links.Add(next, choice.Location.Field("Next")), assign));
            }
            else if (next is not null)
            {
                links.Add(next, choice.Location.Field("Next"));
            }
        }

        var fallback = fields.Text("Default");
        return new ChoiceState
        {
            Name = name,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Assign = Assign(fields),
            Choices = branches.ToImmutable(),
            Default = fallback is null ? null : links.Add(fallback, fields.Location.Field("Default")),
        };
    }

    private WaitState? ParseWait()
    {
        string[] forms = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        fields.OnlyOne(forms);
        if (!forms.Any(fields.Has))
        {
            fields.Problem($"There should be one of the following fields: [{string.Join(", ", forms)}]");
        }

        DateTimeOffset? timestamp = null;
        if (fields.Text("Timestamp") is { } text)
        {
            timestamp = Timestamp.Read(text);
            if (timestamp is null)
            {
                fields.ProblemAt("Timestamp", "Value is not a valid timestamp");
            }
        }

        return new WaitState
        {
            Name = name,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Assign = Assign(fields),
            Seconds = fields.Integer("Seconds", 0),
            SecondsPath = fields.Path("SecondsPath"),
            Timestamp = timestamp,
            TimestampPath = fields.Path("TimestampPath"),
            Next = Transition(),
        };
    }

    private FailState ParseFail()
    {
        fields.OnlyOne("Error", "ErrorPath");
        fields.OnlyOne("Cause", "CausePath");
        links.AddTerminal();

        return new FailState
        {
            Name = name,
            Error = fields.Text("Error"),
            Cause = fields.Text("Cause"),
            ErrorPath = TextPath("ErrorPath"),
            CausePath = TextPath("CausePath"),
        };
    }

    /// <summary>A path, or a call of a function that makes a text.</summary>
    private Expression? TextPath(string field)
    {
        var expression = fields.Path(field, calls: true);
        if (expression is IntrinsicCall { Function: { MakesText: false } function })
        {
            fields.ProblemAt(field, $"{function.Name} does not return a string");
        }

        return expression;
    }
}
