using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <summary>Ends a run: writes its summary and its entry in the history, and tells those who subscribed.</summary>
public sealed class PublishSummaryStep(IObjectStore store, IRunAnnouncer announcer, TimeProvider time)
{
    public async Task<RunSummary> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var metrics = await store.ReadDocumentAsync(keys.Metrics, PipelineJson.Documents.RunMetrics, cancellationToken);
        var ledger = await store.FindLedgerAsync(keys, cancellationToken);
        var links = await announcer.LinkAsync(input.RunId, cancellationToken);
        var summary = new RunSummary
        {
            RunId = input.RunId,
            Suite = metrics.Suite,
            CreatedAt = metrics.CreatedAt,
            FinishedAt = time.GetUtcNow(),
            Verdict = metrics.Verdict.Outcome,
            Sentence = metrics.Verdict.Sentence,
            Score = metrics.Analysis.Score?.Value,
            Interval = metrics.Analysis.Score is { } score ? [score.Low, score.High] : null,
            Gate = metrics.Gate.Status,
            Outcomes = metrics.Outcomes,
            Clusters = metrics.Analysis.Clusters,
            Conditions = await store.FindRequestAsync(keys, cancellationToken) is { } request ? RunConditions.Of(request).Shortened() : null,
            Regression = metrics.Regression,
            ReportUrl = links.ReportUrl,
            FigureUrl = links.FigureUrl,
            CostUsd = ledger?.Total.Usd is { } usd ? Math.Round(usd, 9) : null,
            Cost = ledger is null ? null : CostWords.Of(ledger),
        };
        await store.WriteDocumentAsync(RunKeys.History(metrics.Suite, metrics.CreatedAt, input.RunId), summary, PipelineJson.Documents.RunSummary, cancellationToken);
        await store.WriteDocumentAsync(keys.Summary, summary, PipelineJson.Documents.RunSummary, cancellationToken);
        await announcer.AnnounceAsync(summary, cancellationToken);
        return summary;
    }
}
