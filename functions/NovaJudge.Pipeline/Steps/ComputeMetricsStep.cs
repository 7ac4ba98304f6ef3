using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Verdict">The verdict's outcome.</param>
/// <param name="Sentence">The verdict for people.</param>
/// <param name="Gate">What the gate says.</param>
public sealed record ComputeMetricsOutput(string Verdict, string Sentence, GateStatus Gate);

/// <summary>Turns the judge's archive into one verdict for each prompt, and those into the metrics of the run.</summary>
public sealed class ComputeMetricsStep(IObjectStore store, IJudgeJobs jobs)
{
    public async Task<ComputeMetricsOutput> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
        var sample = await store.ReadDocumentAsync(keys.Sample, PipelineJson.Documents.SampleCounts, cancellationToken);
        var pairs = await store.ReadDocumentAsync(keys.JudgePairs, PipelineJson.Documents.PairCounts, cancellationToken);
        var job = await store.ReadDocumentAsync(keys.JudgeJob, PipelineJson.Documents.StartJudgeOutput, cancellationToken);
        var archive = await ReadArchiveAsync(keys.JudgeArchive(job.JobName), cancellationToken);
        var reconciled = await Reconciliation.RunAsync(
            archive, store.ReadJudgeIndexAsync(keys, cancellationToken), store.ReadJudgePairsAsync(keys, cancellationToken), cancellationToken);
        var prompts = await WriteVerdictsAsync(keys, reconciled, cancellationToken);
        var (ledger, promptCost) = await new LedgerBuilder(store, jobs).BuildAsync(request, sample.Prompts, cancellationToken);
        await store.WriteDocumentAsync(keys.Ledger, ledger, PipelineJson.Documents.RunLedger, cancellationToken);
        var analysis = RunMetricsBuilder.Analyse(request, pairs, archive, reconciled, prompts).WithCost(promptCost);
        var regression = await new BaselineCheck(store).RunAsync(request, analysis, reconciled.RowsUsable, cancellationToken);
        var anchors = await new AnchorCheck(store).RunAsync(request, pairs, reconciled, regression.Baseline, cancellationToken);
        regression = AnchorCheck.Withhold(regression, anchors);
        var metrics = RunMetricsBuilder.Build(
            request, sample, pairs, job.JobName, archive.Aggregates, archive.Marker is null, [.. AnchorCheck.Warnings(anchors, reconciled.RowsUsable), .. reconciled.Warnings], prompts.ToMetrics(), analysis, regression);
        var exam = await store.FindExamAsync(request.Judge, cancellationToken);
        metrics = metrics with { Anchors = anchors, Judge = metrics.Judge with { Exam = exam?.ToSummary() } };
        await store.WriteDocumentAsync(keys.Metrics, metrics, PipelineJson.Documents.RunMetrics, cancellationToken);
        return new ComputeMetricsOutput(metrics.Verdict.Outcome, metrics.Verdict.Sentence, metrics.Gate.Status);
    }

    private async Task<JudgeArchive> ReadArchiveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, cancellationToken)
            ?? throw new PipelineException(ErrorNames.JudgeOutput, $"The judge's job is complete, but {key} is missing. Look into the job's log, then start the run again.");
        return await JudgeArchiveReader.ReadAsync(stream, JudgeArchiveLimits.Default, cancellationToken);
    }

    /// <summary>One line for each prompt of the run, in their order; counts them on the way.</summary>
    private async Task<ScoredPrompts> WriteVerdictsAsync(RunKeys keys, ReconciledVerdicts reconciled, CancellationToken cancellationToken)
    {
        var prompts = new ScoredPrompts();
        await store.WriteAsync(keys.Verdicts, async (stream, token) =>
        {
            await using var rows = new JsonLinesWriter(stream);
            await using var excluded = store.ReadRowsAsync(keys.JudgeExcluded, PipelineJson.Rows.VerdictRow, token).GetAsyncEnumerator(token);
            var isExcluded = await excluded.MoveNextAsync();
            await using var pairs = store.ReadJudgePairsAsync(keys, token).GetAsyncEnumerator(token);
            var judged = 0;
            await foreach (var prompt in store.ReadPromptsAsync(keys, token))
            {
                VerdictRow verdict;
                JudgePair? pair = null;
                if (isExcluded && excluded.Current.Id == prompt.Id)
                {
                    verdict = excluded.Current;
                    isExcluded = await excluded.MoveNextAsync();
                }
                else
                {
                    // Reconciling made sure that pairs and index belong together.
                    pair = await pairs.MoveNextAsync() ? pairs.Current : null;
                    verdict = reconciled.RowsUsable
                        ? reconciled.Rows[judged++]
                        : new VerdictRow(prompt.Id, null, null, PromptOutcome.Unscored, "the judge reported totals only");
                }

                prompts.Add(verdict, prompt, pair);
                await rows.WriteAsync(verdict, PipelineJson.Rows.VerdictRow, token);
            }
        }, PutCondition.Always, cancellationToken);
        return prompts;
    }
}
