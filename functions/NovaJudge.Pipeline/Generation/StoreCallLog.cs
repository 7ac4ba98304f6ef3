using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>Notes calls in the run's telemetry, one object for each attempt at a batch: a store of objects cannot append.</summary>
public sealed class StoreCallLog(IObjectStore store) : ICallLog
{
    public async Task WriteAsync(RunId runId, string purpose, int batch, IReadOnlyCollection<CallTelemetry> calls, CancellationToken cancellationToken)
    {
        // A later attempt at a batch makes other calls: it does not take the place of the earlier one.
        var written = calls.Count == 0;
        for (var attempt = 1; !written; attempt++)
        {
            written = await store.WriteRowsAsync(
                new RunKeys(runId).Telemetry($"calls/{purpose}/{batch:D5}{(attempt == 1 ? "" : $".{attempt}")}.jsonl"),
                calls.OrderBy(call => call.Id, StringComparer.Ordinal), PipelineJson.Rows.CallTelemetry, cancellationToken, PutCondition.IfAbsent);
        }
    }
}
