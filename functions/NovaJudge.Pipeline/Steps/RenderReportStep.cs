using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Files">Keys of the report's files, the one to open first at the head.</param>
public sealed record RenderReportOutput(IReadOnlyList<string> Files);

/// <summary>Draws the reports from the metrics.</summary>
public sealed class RenderReportStep(IObjectStore store, IReportRenderer reports)
{
    public async Task<RenderReportOutput> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var metrics = await store.ReadDocumentAsync(keys.Metrics, PipelineJson.Documents.RunMetrics, cancellationToken);
        var files = await reports.RenderAsync(input.RunId, metrics, store, cancellationToken);
        return new RenderReportOutput([.. files.Select(file => keys.Report(file).Value)]);
    }
}
