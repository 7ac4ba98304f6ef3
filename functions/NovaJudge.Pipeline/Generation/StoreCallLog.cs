using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>Notes calls in the run's telemetry, one object for each batch: a store of objects cannot append.</summary>
public sealed class StoreCallLog(IObjectStore store) : ICallLog
{
    public Task WriteAsync(RunId runId, string purpose, int batch, IReadOnlyCollection<CallTelemetry> calls, CancellationToken cancellationToken) =>
        store.WriteRowsAsync(new RunKeys(runId).Telemetry($"calls/{purpose}/{batch:D5}.jsonl"),
            calls.OrderBy(call => call.Id, StringComparer.Ordinal), PipelineJson.Rows.CallTelemetry, cancellationToken);
}
