using System.Collections.Immutable;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>An execution from its first event to its last.</summary>
internal static class ExecutionRun
{
    public static void Start(Execution execution)
    {
        execution.Loop.Clock?.Join();
        execution.Loop.Post(static state => _ = RunGuardedAsync((Execution)state!), execution);
    }

    private static async Task RunGuardedAsync(Execution execution)
    {
        try
        {
            await RunAsync(execution);
        }
        catch (Exception unexpected)
        {
            execution.Fault(unexpected);
        }
        finally
        {
            execution.Loop.Clock?.Leave();
        }
    }

    /// <summary>Runs the states and records how it ended; only a defect of this library or of an observer escapes.</summary>
    public static async ValueTask RunAsync(Execution execution)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(execution.Stopping);
        await using var timer = Duration(execution) is { } limit ? Expire(execution, stopping, limit) : null;
        try
        {
            var branch = execution.Root = Begin(execution, stopping.Token);
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

    private static BranchRun Begin(Execution execution, CancellationToken cancellationToken)
    {
        if (execution.Root is { } earlier)
        {
            var redriven = execution.Record(execution.LastEventId, HistoryEventType.ExecutionRedriven, details: new HistoryDetails { RedriveCount = execution.RedriveCount });
            return earlier.Resume(execution, redriven, cancellationToken);
        }

        execution.Record(0, HistoryEventType.ExecutionStarted, input: execution.InputValue, details: new HistoryDetails { RoleArn = execution.Request.RoleArn });
        return new BranchRun(
            execution, execution.Program.Graph, ImmutableDictionary<string, JsonValue>.Empty, mapItem: null, previousEventId: 0, cancellationToken);
    }

    /// <summary>How long the execution may take; null when it may take for ever, or as long as the one whose child it is.</summary>
    private static TimeSpan? Duration(Execution execution)
    {
        var limits = execution.Options.Limits;
        var quota = execution.Request.Type == WorkflowType.Express ? limits.ExpressDuration
            : execution.MapRunArn is null ? limits.StandardDuration
            : TimeSpan.MaxValue;
        var limit = execution.Program.Timeout is { } timeout && timeout < quota ? timeout : quota;
        return limit == TimeSpan.MaxValue ? null : limit;
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

}
