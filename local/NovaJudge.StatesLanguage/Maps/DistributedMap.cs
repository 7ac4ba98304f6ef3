using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>One attempt of a Map in DISTRIBUTED mode: every item, or batch of items, is an execution of its own.</summary>
internal static class DistributedMap
{
    public static async ValueTask<BranchResult> AttemptAsync(StateVisit visit, MapState state, JsonValue input, long concurrency)
    {
        var execution = visit.Execution;
        var tolerance = new FailureTolerance(
            NumberReader.Tolerance(visit, state.ToleratedFailureCount, input, isInteger: true),
            NumberReader.Tolerance(visit, state.ToleratedFailurePercentage, input, isInteger: false));
        var destination = state.ResultWriter is null ? null : ResultDestination.Read(visit, state.ResultWriter, input);
        var items = await ItemSource.ReadAsync(visit, state, input);
        var (inputs, contexts) = ItemBatches.Make(visit, state, input, items);

        visit.Branch.PreviousEventId = execution.Record(visit.Branch.PreviousEventId, HistoryEventType.MapStateStarted, details: new HistoryDetails { Length = inputs.Length });
        var run = new MapRun(visit, state, inputs, contexts, tolerance);
        var redriven = visit.ExchangeMapRun(run) is { } earlier && run.Redrive(earlier);
        visit.Branch.PreviousEventId = execution.Record(
            visit.Branch.PreviousEventId,
            redriven ? HistoryEventType.MapRunRedriven : HistoryEventType.MapRunStarted,
            details: new HistoryDetails { MapRunArn = run.Arn, RedriveCount = redriven ? execution.RedriveCount : null });

        var most = execution.Options.Limits.DistributedMapConcurrency;
        var failure = await run.RunAsync(concurrency is > 0 && concurrency < most ? (int)concurrency : most);
        var output = destination is null ? run.Outputs() : await destination.WriteAsync(visit, run);
        if (failure is not null)
        {
            visit.Record(HistoryEventType.MapRunFailed, error: failure.Error, cause: failure.Cause);
            visit.Record(HistoryEventType.MapStateFailed, error: failure.Error, cause: failure.Cause);
            return new BranchResult(null, failure);
        }

        visit.RecordAside(HistoryEventType.MapRunSucceeded);
        visit.RecordAside(HistoryEventType.MapStateSucceeded);
        return new BranchResult(output, null);
    }
}
