using System.Diagnostics;
using NovaJudge.Local.Commands;
using NovaJudge.Pipeline.Costs;

namespace NovaJudge.Local.Progress;

/// <summary>One line of progress.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Done">Done of all, failed ones among them.</param>
/// <param name="Total">All; 0 until it is known.</param>
/// <param name="Failed">Failed so far.</param>
/// <param name="Throttled">Requests refused for now.</param>
/// <param name="Rate">Done per second.</param>
/// <param name="Left">Time left, in words; empty when nobody can tell.</param>
/// <param name="Cost">Spent so far, in words.</param>
internal sealed record ProgressRow(string Name, long Done, long Total, long Failed, long Throttled, double Rate, string Left, string Cost)
{
    public string RateText => Rate switch
    {
        <= 0 => "",
        < 10 => $"{Rate:0.0}/s",
        _ => $"{CostTable.Short(Rate)}/s",
    };

    /// <summary>The same as one sentence.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        $"{Name} {Done:N0} of {Total:N0}",
        Failed > 0 ? $"{Failed:N0} failed" : "",
        Throttled > 0 ? $"{Throttled:N0} throttled" : "",
        Done < Total ? RateText : "",
        Done < Total && Left.Length > 0 ? $"{Left} left" : "",
        Cost is "" or "$0" ? "" : Cost,
    }.Where(part => part.Length > 0));
}

/// <summary>What is shown of a run while it lasts; both views show the same.</summary>
internal sealed class ProgressRows(RunProgress progress)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly RateWindow[] _rates = [new(), new(), new()];

    /// <summary>Looks at the progress once more.</summary>
    public IReadOnlyList<ProgressRow> Take()
    {
        var spending = progress.Spending;
        var verdicts = Row(2, "Verdicts", progress.Judged, progress.ToJudge, spending?.Of("judge").Failed ?? 0, spending?.Of("judge"));
        if (progress.ToJudge > 0 && progress.A.Done + progress.B.Done == 0)
        {
            // The data set brought the answers along: nobody is asked for any.
            return [verdicts];
        }

        return
        [
            Row(0, "Answers of A", progress.A.Done, progress.Prompts, progress.A.Failed, spending?.Of("a")),
            Row(1, "Answers of B", progress.B.Done, progress.Prompts, progress.B.Failed, spending?.Of("b")),
            verdicts,
        ];
    }

    /// <summary>Everything spent so far, in words; empty while that is nothing.</summary>
    public string Spent => progress.Spending is { Spent.Usd: > 0 and var usd } ? Dollars.Text(usd) : "";

    private ProgressRow Row(int at, string name, long done, long total, long failed, PurposeSpending? spent)
    {
        _rates[at].Note(_clock.Elapsed, done);
        return new ProgressRow(
            name, done, total, failed, spent?.Throttled ?? 0, _rates[at].PerSecond,
            done < total && _rates[at].Left(total - done) is { } left ? CostTable.Time(left) : "",
            spent is null or { Calls: 0 } ? "" : spent.IsKnown ? Dollars.Text(spent.Spent.Usd) : "unknown");
    }
}
