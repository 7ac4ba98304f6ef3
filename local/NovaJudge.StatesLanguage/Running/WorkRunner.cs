using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>What Task, Parallel and Map share: attempts, what becomes of a result, Retry and Catch.</summary>
internal static class WorkRunner
{
    public static async ValueTask<StateExit> RunAsync<TState>(StateVisit visit, TState state, Func<StateVisit, TState, ValueTask<BranchResult>> attempt)
        where TState : WorkState
    {
        var retries = state.Retry.IsEmpty ? [] : new long[state.Retry.Length];
        while (true)
        {
            Failure failure;
            try
            {
                var result = await attempt(visit, state);
                if (result.Failure is null)
                {
                    return Complete(visit, state, result.Output!);
                }

                failure = result.Failure;
            }
            catch (StateException wrong)
            {
                failure = visit.Fail(wrong).Failure!;
                visit.RecordAside(HistoryEventType.EvaluationFailed, failure.Error, failure.Cause);
            }

            var retrier = ErrorMatch.First(state.Retry, static retrier => retrier.ErrorEquals, failure.Error);
            if (retrier >= 0 && retries[retrier] < state.Retry[retrier].MaxAttempts)
            {
                var delay = Backoff.Delay(state.Retry[retrier], retries[retrier]++, visit.Execution.Randomness);
                visit.RetryCount++;
                await Delay.ForAsync(visit.Execution.Options.Time, delay, visit.Branch.CancellationToken);
                continue;
            }

            return Catch(visit, state, failure);
        }
    }

    private static StateExit Complete(StateVisit visit, WorkState state, JsonValue output)
    {
        // Side by side, as AWS documents it: variables are assigned from the result as the task gave it.
        visit.Assign(state.Assign, output);
        var result = visit.Fill(state.ResultSelector, output);
        var combined = visit.Combine(state.ResultPath, visit.RawInput, result);
        return visit.Exit(state.Next, visit.Select(state.OutputPath, combined));
    }

    private static StateExit Catch(StateVisit visit, WorkState state, Failure failure)
    {
        var at = ErrorMatch.First(state.Catch, static catcher => catcher.ErrorEquals, failure.Error);
        if (at < 0)
        {
            return StateExit.Failed(failure);
        }

        var catcher = state.Catch[at];
        var error = new JsonObjectBuilder(2).Set("Error", failure.Error).Set("Cause", Cause(failure)).Build();
        try
        {
            visit.Assign(catcher.Assign, error);
            return visit.Exit(catcher.Next, visit.Combine(catcher.ResultPath, visit.RawInput, error));
        }
        catch (StateException wrong)
        {
            return visit.Fail(wrong);
        }
    }

    // A time-out has an empty cause; a failed callback without an error has none at all.
    private static string? Cause(Failure failure) => failure.Cause ?? (failure.Error is null ? null : "");
}
