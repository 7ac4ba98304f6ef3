using System.Globalization;
using System.Runtime.InteropServices;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>
/// Holds a run against its baseline. The mode follows from the run itself: a run against the baseline's own answers is a replay; one that shares
/// at least half its prompts is compared on those; any other on the prompts that no look has seen before. Looks are counted in the history.
/// </summary>
internal sealed class BaselineCheck(IObjectStore store)
{
    public async Task<RegressionMetrics> RunAsync(EvaluationRequest request, RunAnalysis analysis, bool hasRows, CancellationToken cancellationToken)
    {
        if (request.Analysis.Baseline == "none")
        {
            return RegressionMetrics.NotChecked("The request asks for no baseline.");
        }

        if (await FindAsync(request, cancellationToken) is not { } baseline)
        {
            return RegressionMetrics.NotChecked(request.Analysis.Baseline == "pinned"
                ? $"There is no pinned baseline to hold this run against. Pin one: nova baseline set {request.RunId}"
                : $"The baseline run {request.Analysis.Baseline} has no result in this store.");
        }

        if (baseline.RunId == request.RunId)
        {
            return RegressionMetrics.NotChecked("This run is the baseline itself.");
        }

        if (!hasRows)
        {
            return RegressionMetrics.NotChecked("The judge reported totals only, which cannot be compared prompt by prompt.") with { Baseline = baseline.RunId };
        }

        var result = request.ModelA.Model is { Scheme: "run" } model && model.Target == $"{baseline.RunId}/b"
            ? await ReplayAsync(request, baseline, analysis, cancellationToken)
            : await CompareAsync(request, baseline, analysis, cancellationToken);
        return result with { Baseline = baseline.RunId };
    }

    private async Task<PinnedBaseline?> FindAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(request.Analysis.Baseline, out var runId) || request.Analysis.Baseline == "pinned")
        {
            return await store.FindBaselineAsync(request.Suite, cancellationToken);
        }

        var keys = new RunKeys(runId);
        return await store.FindRequestAsync(keys, cancellationToken) is { } earlier && await store.FindMetricsAsync(keys, cancellationToken) is { Outcomes.Scored: > 0 } metrics
            ? PinnedBaseline.Of(earlier, metrics, earlier.CreatedAt)
            : null;
    }

    /// <summary>Both answers are judged today, so a new judge only starts a new series.</summary>
    private async Task<RegressionMetrics> ReplayAsync(EvaluationRequest request, PinnedBaseline baseline, RunAnalysis analysis, CancellationToken cancellationToken)
    {
        var conditions = RunConditions.Of(request);
        if (conditions.Template != baseline.Conditions.Template)
        {
            return RegressionMetrics.NotChecked("The prompt template is not the baseline's, so its answers are answers to other prompts.");
        }

        var series = Series(RegressionMode.Replay, request, baseline, conditions.Judge);
        var look = (await EarlierAsync(request, baseline, series, cancellationToken)).Count + 1;
        return Describe(
            ReplayRegression.Check(analysis.Input.Counts, look, request.Analysis.RegressionMargin, Alpha(request), DesignEffect(analysis)), RegressionMode.Replay, series);
    }

    private async Task<RegressionMetrics> CompareAsync(EvaluationRequest request, PinnedBaseline baseline, RunAnalysis analysis, CancellationToken cancellationToken)
    {
        // Model B's own settings may change: whether that made it worse is the question. Other data matter only for fresh prompts.
        var now = RunConditions.Of(request) with { ChallengerDecoding = baseline.Conditions.ChallengerDecoding };
        if ((now with { Data = baseline.Conditions.Data }).DifferencesFrom(baseline.Conditions) is { Count: > 0 } differences)
        {
            return RegressionMetrics.NotChecked($"Not comparable with the baseline {baseline.RunId}: {string.Join("; ", differences)}. Pin a new one: nova baseline set {request.RunId}");
        }

        var (pinned, changes) = await ReadAsync(new RunKeys(request.RunId), baseline, cancellationToken);
        if (pinned.Count == 0)
        {
            return RegressionMetrics.NotChecked($"The prompts and verdicts of the baseline {baseline.RunId} are no longer in the store.");
        }

        var smaller = Math.Min(analysis.Input.Counts.Total, pinned.Count);
        if (changes.Shared >= 2 && changes.Shared >= RunComparison.FewestShared * smaller)
        {
            var series = Series(RegressionMode.Repeated, request, baseline, now.Judge);
            var look = (await EarlierAsync(request, baseline, series, cancellationToken)).Count + 1;
            return Describe(
                ReplayRegression.CheckChanges(
                    changes.Rose, changes.Fell, changes.Shared, changes.Fall / changes.Shared, look, request.Analysis.RegressionMargin, Alpha(request), DesignEffect(analysis)),
                RegressionMode.Repeated, series);
        }

        return now.Data == baseline.Conditions.Data
            ? await FreshAsync(request, baseline, now.Judge, pinned.Keys, cancellationToken)
            : RegressionMetrics.NotChecked($"Neither the prompts nor the data set are the baseline's ({baseline.Conditions.Data}).");
    }

    private async Task<RegressionMetrics> FreshAsync(
        EvaluationRequest request, PinnedBaseline baseline, string judge, IEnumerable<PromptHash> pinned, CancellationToken cancellationToken)
    {
        var monitor = FreshRegression.Against(baseline.B, baseline.A + baseline.B, request.Analysis.RegressionMargin, Alpha(request), baseline.DesignEffect);
        if (!monitor.TryGet(out var looks))
        {
            return RegressionMetrics.NotChecked($"The baseline cannot be fallen below: {monitor.WithheldBecause}.");
        }

        var series = Series(RegressionMode.Fresh, request, baseline, judge);
        var seen = pinned.ToHashSet();
        foreach (var earlier in await EarlierAsync(request, baseline, series, cancellationToken))
        {
            var known = seen.Count;
            await foreach (var prompt in store.ReadOutcomesAsync(new RunKeys(earlier.RunId), cancellationToken))
            {
                known = -1;
                seen.Add(prompt.Prompt);
            }

            if (known >= 0)
            {
                return RegressionMetrics.NotChecked($"The prompts of the earlier look {earlier.RunId} are no longer in the store, so nobody knows which prompts are fresh.");
            }

            looks.Add(earlier.Regression!.Wins ?? 0, earlier.Regression.Decisive ?? 0);
        }

        int wins = 0, decisive = 0, fresh = 0;
        await foreach (var prompt in store.ReadOutcomesAsync(new RunKeys(request.RunId), cancellationToken))
        {
            if (seen.Add(prompt.Prompt) && ScoredPrompts.Score(prompt.Outcome) is { } score)
            {
                fresh++;
                wins += score == 1 ? 1 : 0;
                decisive += score != 0.5 ? 1 : 0;
            }
        }

        return fresh == 0
            ? RegressionMetrics.NotChecked("Every prompt of this run was seen by the baseline or an earlier look, and too few are the baseline's.")
            : Describe(looks.Add(wins, decisive), RegressionMode.Fresh, series) with { Wins = wins, Decisive = decisive };
    }

    /// <summary>The scores of the baseline's prompts, and how this run's differ on those it shares.</summary>
    private async Task<(Dictionary<PromptHash, Queue<double>> Pinned, Changes Changes)> ReadAsync(RunKeys today, PinnedBaseline baseline, CancellationToken cancellationToken)
    {
        var pinned = new Dictionary<PromptHash, Queue<double>>();
        await foreach (var prompt in store.ReadOutcomesAsync(new RunKeys(baseline.RunId), cancellationToken))
        {
            ref var scores = ref CollectionsMarshal.GetValueRefOrAddDefault(pinned, prompt.Prompt, out _);
            scores ??= new Queue<double>(1);
            if (ScoredPrompts.Score(prompt.Outcome) is { } score)
            {
                scores.Enqueue(score);
            }
        }

        var changes = default(Changes);
        await foreach (var prompt in store.ReadOutcomesAsync(today, cancellationToken))
        {
            if (ScoredPrompts.Score(prompt.Outcome) is { } now && pinned.TryGetValue(prompt.Prompt, out var scores) && scores.TryDequeue(out var before))
            {
                changes = changes.With(before, now);
            }
        }

        return (pinned, changes);
    }

    /// <summary>Earlier looks of the series. Runs that could not be checked were no looks.</summary>
    private async Task<List<RunSummary>> EarlierAsync(EvaluationRequest request, PinnedBaseline baseline, string series, CancellationToken cancellationToken)
    {
        var earlier = new List<RunSummary>();
        await foreach (var run in store.ReadHistoryAsync(request.Suite, baseline.CreatedAt, cancellationToken))
        {
            if (run.Regression?.Series == series && run.RunId != request.RunId && run.CreatedAt <= request.CreatedAt)
            {
                earlier.Add(run);
            }
        }

        return earlier;
    }

    private static RegressionMetrics Describe(RegressionCheck check, RegressionMode mode, string series) => check.State == RegressionState.NotChecked
        ? RegressionMetrics.NotChecked(check.Because)
        : new RegressionMetrics { State = check.State, Because = check.Because, Mode = mode, Look = check.Look, P = check.P, Level = check.Level, Series = series };

    private static string Series(RegressionMode mode, EvaluationRequest request, PinnedBaseline baseline, string judge) => Slug.Hash(
        12, mode.ToString(), baseline.RunId.Value, baseline.PinnedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), judge, request.Dataset.PromptTemplate,
        request.Analysis.RegressionMargin.ToString(CultureInfo.InvariantCulture), request.Analysis.Confidence.ToString(CultureInfo.InvariantCulture));

    private static double Alpha(EvaluationRequest request) => 1 - request.Analysis.Confidence;

    private static double DesignEffect(RunAnalysis analysis) => Math.Max(1, analysis.Metrics.Clusters.DesignEffect ?? 1);

    private readonly record struct Changes(int Rose, int Fell, int Shared, double Fall)
    {
        public Changes With(double before, double now) =>
            new(Rose + (now > before ? 1 : 0), Fell + (now < before ? 1 : 0), Shared + 1, Fall + before - now);
    }
}
