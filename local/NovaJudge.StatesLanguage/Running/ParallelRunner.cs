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
        var progress = visit.StartFanOut(state.Branches.Length);
        Failure? failure = null;
        await WorkerPool.RunAsync(state.Branches.Length, state.Branches.Length, async index =>
        {
            if (progress.Outputs[index] is not null)
            {
                return;
            }

            var branch = progress.Unfinished[index]?.Resume(visit.Execution, started, siblings.Token)
                ?? new BranchRun(visit.Execution, state.Branches[index], visit.Branch.Variables, visit.Branch.MapItem, started, siblings.Token);
            progress.Unfinished[index] = branch;
            var result = await branch.RunAsync(input);
            visit.Branch.PreviousEventId = branch.PreviousEventId;
            if (result.Failure is not null)
            {
                failure ??= result.Failure;
                siblings.Cancel();
                return;
            }

            (progress.Outputs[index], progress.Unfinished[index]) = (result.Output, null);
        }, siblings);
        visit.Branch.CancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            visit.Record(HistoryEventType.ParallelStateFailed, error: failure.Error, cause: failure.Cause);
            return new BranchResult(null, failure);
        }

        visit.RecordAside(HistoryEventType.ParallelStateSucceeded);
        return new BranchResult(new JsonArray(progress.Outputs!), null);
    }
}
