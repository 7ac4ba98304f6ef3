using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One attempt of a Parallel state.</summary>
internal static class ParallelRunner
{
    public static async ValueTask<BranchResult> AttemptAsync(StateVisit visit, ParallelState state)
    {
        var input = visit.Fill(state.Parameters, visit.Select(state.InputPath, visit.RawInput));
        visit.Record(HistoryEventType.ParallelStateStarted);
        var started = visit.Branch.PreviousEventId;
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(visit.Branch.CancellationToken);
        var outputs = new JsonValue[state.Branches.Length];
        Failure? failure = null;
        await WorkerPool.RunAsync(state.Branches.Length, state.Branches.Length, async index =>
        {
            var branch = new BranchRun(visit.Execution, state.Branches[index], visit.Branch.Variables, visit.Branch.MapItem, started, siblings.Token);
            var result = await branch.RunAsync(input);
            if (result.Failure is not null)
            {
                failure ??= result.Failure;
                siblings.Cancel();
            }
            else
            {
                outputs[index] = result.Output!;
                visit.Branch.PreviousEventId = branch.PreviousEventId;
            }
        }, siblings);
        visit.Branch.CancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            visit.Branch.PreviousEventId = visit.Execution.LastEventId;
            visit.Record(HistoryEventType.ParallelStateFailed, error: failure.Error, cause: failure.Cause);
            return new BranchResult(null, failure);
        }

        visit.RecordAside(HistoryEventType.ParallelStateSucceeded);
        return new BranchResult(new JsonArray(outputs), null);
    }
}
