using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One attempt of a Map state.</summary>
internal static class MapRunner
{
    public static async ValueTask<BranchResult> AttemptAsync(StateVisit visit, MapState state)
    {
        var input = visit.Select(state.InputPath, visit.RawInput);
        var concurrency = MaxConcurrency(visit, state, input);
        if (state.IsDistributed)
        {
            return await DistributedMap.AttemptAsync(visit, state, input, concurrency);
        }

        var items = Items(visit, state, input);
        visit.Branch.PreviousEventId = visit.Execution.Record(visit.Branch.PreviousEventId, HistoryEventType.MapStateStarted, details: new HistoryDetails { Length = items.Count });
        var most = visit.Execution.Options.Limits.InlineMapConcurrency;
        return await IterateAsync(visit, state, input, items, concurrency is > 0 && concurrency < most ? (int)concurrency : most);
    }

    private static long MaxConcurrency(StateVisit visit, MapState state, JsonValue input)
    {
        var most = NumberReader.Integer(visit, state.MaxConcurrency, input, mayBeNegative: true) ?? 0;
        return most >= 0 ? most : throw new StateException(ErrorNames.Runtime, $"Expected non-negative integer for MaxConcurrency, got '{most}' instead.");
    }

    /// <summary>The array that ItemsPath selects.</summary>
    public static JsonArray Items(StateVisit visit, MapState state, JsonValue input)
    {
        var value = state.ItemsPath is null ? input : visit.Value(state.ItemsPath, input);
        return value as JsonArray ?? throw new StateException(
            ErrorNames.Runtime,
            $"Reference path \"{state.ItemsPath?.Text ?? "$"}\" must point to array.");
    }

    private static async ValueTask<BranchResult> IterateAsync(StateVisit visit, MapState state, JsonValue input, JsonArray items, int concurrency)
    {
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(visit.Branch.CancellationToken);
        var started = visit.Branch.PreviousEventId;
        var progress = visit.StartFanOut(items.Count);
        Failure? failure = null;
        await WorkerPool.RunAsync(items.Count, concurrency, async index =>
        {
            if (progress.Outputs[index] is not null)
            {
                return;
            }

            var item = Item(visit, state, input, items[index], index, out var context);
            var first = visit.Execution.Record(started, HistoryEventType.MapIterationStarted, name: state.Name, index: index);
            var branch = progress.Unfinished[index]?.Resume(visit.Execution, first, siblings.Token)
                ?? new BranchRun(visit.Execution, state.Processor, visit.Branch.Variables, context, first, siblings.Token);
            progress.Unfinished[index] = branch;
            try
            {
                var result = await branch.RunAsync(item);
                if (result.Failure is null)
                {
                    visit.Branch.PreviousEventId = visit.Execution.Record(branch.PreviousEventId, HistoryEventType.MapIterationSucceeded, name: state.Name, index: index);
                    (progress.Outputs[index], progress.Unfinished[index]) = (result.Output, null);
                    return;
                }

                visit.Execution.Record(branch.PreviousEventId, HistoryEventType.MapIterationFailed, name: state.Name, index: index);
                visit.Branch.PreviousEventId = branch.PreviousEventId;
                failure ??= result.Failure;
                siblings.Cancel();
            }
            catch (OperationCanceledException) when (!visit.Execution.IsEnding)
            {
                visit.Execution.Record(branch.PreviousEventId, HistoryEventType.MapIterationAborted, name: state.Name, index: index);
                throw;
            }
        }, siblings);
        visit.Branch.CancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            visit.Record(HistoryEventType.MapStateFailed, error: failure.Error, cause: failure.Cause);
            return new BranchResult(null, failure);
        }

        visit.RecordAside(HistoryEventType.MapStateSucceeded);
        return new BranchResult(new JsonArray(progress.Outputs!), null);
    }

    private static JsonValue Item(StateVisit visit, MapState state, JsonValue input, JsonValue item, int index, out MapItemContext context)
    {
        context = new MapItemContext(index, item);
        if (state.ItemSelector is null)
        {
            return item;
        }

        visit.MapItem = context;
        var selected = visit.Fill(state.ItemSelector, input);
        visit.MapItem = visit.Branch.MapItem;
        return selected;
    }
}
