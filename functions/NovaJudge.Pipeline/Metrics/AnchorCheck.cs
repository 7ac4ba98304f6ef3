using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>
/// Holds the verdicts on a suite's frozen pairs against those of the baseline's run. A judge that says something else of the very same texts
/// may say something else of everything, so a fall of the score then proves nothing about model B.
/// </summary>
internal sealed class AnchorCheck(IObjectStore store)
{
    /// <summary>
    /// A model does not always repeat itself, even at temperature 0: up to one in ten other verdicts, or a single one, are its unsteadiness.
    /// A judge by formula has none.
    /// </summary>
    public const double UnsteadyShare = 0.1;

    /// <summary>Notes the run's verdicts on its anchors and compares them; <c>null</c> for a run without anchors.</summary>
    /// <param name="request">The run's request.</param>
    /// <param name="pairs">What the judge was sent; the anchors come after the run's own rows.</param>
    /// <param name="reconciled">What it said of all rows.</param>
    /// <param name="reference">The baseline's run; absent when there is none.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<AnchorMetrics?> RunAsync(
        EvaluationRequest request, PairCounts pairs, ReconciledVerdicts reconciled, RunId? reference, CancellationToken cancellationToken)
    {
        if (pairs.Anchors == 0)
        {
            return null;
        }

        if (!reconciled.RowsUsable)
        {
            return NotChecked(pairs.Anchors, "The judge reported totals only, so nobody knows what it said of the anchor pairs; the totals include them.");
        }

        VerdictRow[] now = [.. reconciled.Rows.Skip(pairs.Rows)];
        await store.WriteRowsAsync(new RunKeys(request.RunId).AnchorVerdicts, now, PipelineJson.Rows.VerdictRow, cancellationToken);
        if (reference is not { } baseline)
        {
            return NotChecked(now.Length, "There is no baseline yet whose verdicts on the anchor pairs these could be held against.");
        }

        var before = await ReadAsync(baseline, cancellationToken);
        return before.Count == 0
            ? NotChecked(now.Length, $"The baseline {baseline} was judged without anchor pairs. Pin a run that has them: nova baseline set {request.RunId}")
            : Compare(request.Judge, now, before, baseline);
    }

    /// <summary>The check for a regression, withheld when the judge may have changed.</summary>
    public static RegressionMetrics Withhold(RegressionMetrics regression, AnchorMetrics? anchors) => anchors is { State: AnchorState.Changed } && regression.State != RegressionState.NotChecked
        ? RegressionMetrics.NotChecked(anchors.Because) with { Baseline = regression.Baseline }
        : regression;

    /// <summary>What a reader has to know before anything else.</summary>
    public static IEnumerable<string> Warnings(AnchorMetrics? anchors, bool rowsUsable) =>
        anchors is { State: AnchorState.Changed } || (anchors is not null && !rowsUsable) ? [anchors.Because] : [];

    private static AnchorMetrics Compare(JudgeSettings judge, VerdictRow[] now, Dictionary<string, PromptOutcome> before, RunId reference)
    {
        var compared = now.Where(row => row.Verdict != PromptOutcome.Unscored && before.GetValueOrDefault(row.Id, PromptOutcome.Unscored) != PromptOutcome.Unscored).ToArray();
        if (compared.Length == 0)
        {
            return NotChecked(now.Length, $"No anchor pair has a verdict both in this run and in the baseline {reference}.");
        }

        var changed = compared.Count(row => row.Verdict != before[row.Id]);
        var steady = judge.Kind.StartsWith("embedded:", StringComparison.Ordinal);
        var state = changed > (steady ? 0 : Math.Max(1, UnsteadyShare * compared.Length)) ? AnchorState.Changed : AnchorState.Unchanged;
        return new AnchorMetrics
        {
            State = state,
            Because = state == AnchorState.Changed
                ? $"The judge may have changed: of {compared.Length} anchor pairs it judges {changed} otherwise than in the baseline {reference}, so a difference between the runs may be the judge's. Judge the baseline again, or pin a new one."
                : $"Of {compared.Length} anchor pairs the judge says the same of {compared.Length - changed} as in the baseline {reference}.",
            Judged = now.Length,
            Compared = compared.Length,
            Changed = changed,
            Reference = reference,
        };
    }

    private async Task<Dictionary<string, PromptOutcome>> ReadAsync(RunId reference, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<string, PromptOutcome>(StringComparer.Ordinal);
        var key = new RunKeys(reference).AnchorVerdicts;
        if (await store.FindAsync(key, cancellationToken) is not null)
        {
            await foreach (var row in store.ReadRowsAsync(key, PipelineJson.Rows.VerdictRow, cancellationToken))
            {
                verdicts[row.Id] = row.Verdict;
            }
        }

        return verdicts;
    }

    private static AnchorMetrics NotChecked(int judged, string because) => new() { State = AnchorState.NotChecked, Because = because, Judged = judged };
}
