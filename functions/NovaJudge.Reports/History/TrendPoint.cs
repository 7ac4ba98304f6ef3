using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Reports.History;

/// <summary>A run in its suite's series.</summary>
/// <param name="Run">The run.</param>
/// <param name="Look">The how manieth run of the suite it is, from 1.</param>
/// <param name="Sequence">Its part of the suite's confidence sequence; absent where the summary does not tell enough.</param>
internal sealed record TrendPoint(RunSummary Run, int Look, Interval? Sequence)
{
    /// <summary>The runs, oldest first, after so many earlier ones that are not shown.</summary>
    public static IReadOnlyList<TrendPoint> Series(IEnumerable<RunSummary> runs, int before = 0) =>
        [.. runs.Select((run, index) => new TrendPoint(run, before + index + 1, SequenceOf(run, before + index + 1)))];

    private static Interval? SequenceOf(RunSummary run, int look)
    {
        if (run is not { Score: { } score, Outcomes: { A: >= 0, B: >= 0, Tie: >= 0, Inconsistent: >= 0 } outcomes, Clusters: { } clusters })
        {
            return null;
        }

        var estimate = ScoreEstimate.FromCounts(outcomes.A, outcomes.B, outcomes.Tie + outcomes.Inconsistent, clusters.DesignEffect, clusters.Count);

        // A score from the judge's totals is not that of the counts, and has no sequence.
        return estimate.TryGet(out var found) && Math.Abs(found.Score - score) < 1e-9 ? ScoreSequence.At(found, look) : null;
    }
}
