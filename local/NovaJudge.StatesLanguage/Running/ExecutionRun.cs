using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>An execution from its first event to its last.</summary>
internal static class ExecutionRun
{
    public static void Start(Execution execution, StateMachineDefinition definition)
    {
        execution.Loop.Clock?.Join();
        execution.Loop.Post(static state => _ = RunGuardedAsync((StartState)state!), new StartState(execution, definition));
    }

    private static async Task RunGuardedAsync(StartState start)
    {
        try
        {
            await RunAsync(start.Execution, start.Definition.Graph, start.Definition.Timeout);
        }
        catch (Exception unexpected)
        {
            start.Execution.Fault(unexpected);
        }
        finally
        {
            start.Execution.Loop.Clock?.Leave();
        }
    }

    /// <summary>Runs the states and records how it ended; only a defect of this library or of an observer escapes.</summary>
    public static async ValueTask RunAsync(Execution execution, StateGraph graph, TimeSpan? timeout)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(execution.Stopping);
        if (execution.Request.Type == WorkflowType.Express && !(timeout < execution.Options.Limits.ExpressDuration))
        {
            timeout = execution.Options.Limits.ExpressDuration;
        }

        await using var timer = timeout is { } limit ? Expire(execution, stopping, limit) : null;
        try
        {
            execution.Record(0, HistoryEventType.ExecutionStarted, input: execution.InputValue, details: new HistoryDetails { RoleArn = execution.Request.RoleArn });
            var branch = new BranchRun(execution, graph, ImmutableDictionary<string, JsonValue>.Empty, mapItem: null, previousEventId: 0, stopping.Token);
            var result = await branch.RunAsync(execution.InputValue);
            if (result.Failure is { } failure)
            {
                Fail(execution, failure);
            }
            else
            {
                execution.Record(branch.PreviousEventId, HistoryEventType.ExecutionSucceeded, output: result.Output, closing: true);
                execution.Finish(ExecutionStatus.Succeeded, result.Output, null);
            }
        }
        catch (ExecutionFailedException fatal)
        {
            Fail(execution, fatal.Failure);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (execution.HasTimedOut)
            {
                TimeOut(execution);
            }
            else
            {
                Abort(execution);
            }
        }
    }

    private static LongTimer Expire(Execution execution, CancellationTokenSource stopping, TimeSpan limit) => new(execution.Options.Time, limit, () =>
    {
        execution.HasTimedOut = true;
        stopping.Cancel();
    });

    private static void Fail(Execution execution, Failure failure)
    {
        execution.Record(execution.LastEventId, HistoryEventType.ExecutionFailed, details: HistoryDetails.OfFailure(failure.Error, failure.Cause), closing: true);
        execution.Finish(ExecutionStatus.Failed, null, failure);
    }

    private static void TimeOut(Execution execution)
    {
        var failure = new Failure(ErrorNames.Timeout, null);
        execution.Record(0, HistoryEventType.ExecutionTimedOut, details: HistoryDetails.OfFailure(failure.Error, null), closing: true);
        execution.Finish(ExecutionStatus.TimedOut, null, failure);
    }

    private static void Abort(Execution execution)
    {
        var failure = execution.StopReason ?? new Failure(null, null);
        execution.Record(0, HistoryEventType.ExecutionAborted, details: HistoryDetails.OfFailure(failure.Error, failure.Cause), closing: true);
        execution.Finish(ExecutionStatus.Aborted, null, failure);
    }

    private sealed record StartState(Execution Execution, StateMachineDefinition Definition);
}
