using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One invocation of a task, with everything that may end it: its outcome, a callback, its time-outs, the end of the execution.</summary>
internal sealed class TaskAttempt(Execution execution, TaskRequest request, CancellationToken cancellationToken) : IWaitingTask, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly TaskCompletionSource<string> _expired = new();
    private readonly TaskCompletionSource<(JsonValue? Output, string? Error, string? Cause)> _answered = new();
    private CancellationTokenRegistration _cancelled;
    private LongTimer? _timeout;
    private LongTimer? _heartbeat;
    private TimeSpan _heartbeatInterval;

    /// <summary>Starts the clocks of the attempt.</summary>
    public void Arm(long? timeoutSeconds, long? heartbeatSeconds)
    {
        if (timeoutSeconds is { } timeout)
        {
            _timeout = new LongTimer(execution.Options.Time, TimeSpan.FromSeconds(timeout), () => _expired.TrySetResult(ErrorNames.Timeout));
        }

        if (heartbeatSeconds is { } heartbeat)
        {
            _heartbeatInterval = TimeSpan.FromSeconds(heartbeat);
            _heartbeat = new LongTimer(execution.Options.Time, _heartbeatInterval, () => _expired.TrySetResult(ErrorNames.HeartbeatTimeout));
        }

        _cancelled = cancellationToken.UnsafeRegister(static self => ((TaskAttempt)self!)._expired.TrySetCanceled(), this);
    }

    /// <summary>The integration's outcome, or the name of the time-out that came first.</summary>
    /// <exception cref="OperationCanceledException">The execution is stopping; the integration's token is cancelled.</exception>
    public async ValueTask<(TaskOutcome? Outcome, string? Expired)> InvokeAsync()
    {
        var invocation = Invoke();
        if (!invocation.IsCompleted)
        {
            await Task.WhenAny(invocation, _expired.Task);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return invocation.IsCompleted ? (await invocation, null) : (null, await _expired.Task);
    }

    /// <summary>The callback's answer, or the name of the time-out that came first.</summary>
    public async ValueTask<(JsonValue? Output, string? Error, string? Cause, string? Expired)> AnswerAsync()
    {
        if (!_answered.Task.IsCompleted)
        {
            await Task.WhenAny(_answered.Task, _expired.Task);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!_answered.Task.IsCompleted)
        {
            return (null, null, null, await _expired.Task);
        }

        var (output, error, cause) = await _answered.Task;
        return (output, error, cause, null);
    }

    public bool IsAnswered => _answered.Task.IsCompleted;

    public bool Answer(JsonValue? output, string? error, string? cause) => !_expired.Task.IsCompleted && _answered.TrySetResult((output, error, cause));

    public bool Heartbeat()
    {
        if (_expired.Task.IsCompleted || _answered.Task.IsCompleted)
        {
            return false;
        }

        _heartbeat?.Restart(_heartbeatInterval);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (request.TaskToken is { } token)
        {
            execution.Interpreter.Tokens.Remove(token);
        }

        await _stop.CancelAsync();
        await _cancelled.DisposeAsync();
        if (_timeout is not null)
        {
            await _timeout.DisposeAsync();
        }

        if (_heartbeat is not null)
        {
            await _heartbeat.DisposeAsync();
        }
    }

    private Task<TaskOutcome> Invoke()
    {
        var clock = execution.Loop.Clock;
        clock?.Enter();
        if (execution.Options.Invocation == TaskInvocation.InOrder)
        {
            var direct = GuardAsync();
            if (direct.IsCompleted)
            {
                clock?.Exit();
                return direct;
            }

            return ReleaseAsync(direct);
        }

        return ReleaseAsync(Task.Run(GuardAsync, CancellationToken.None));

        async Task<TaskOutcome> ReleaseAsync(Task<TaskOutcome> running)
        {
            // Whoever waits has been posted to the loop, which holds the clock, before it is let go here.
            var done = new TaskCompletionSource<TaskOutcome>();
            _ = running.ContinueWith(
                (finished, _) =>
                {
                    done.TrySetResult(finished.Result);
                    clock?.Exit();
                },
                null,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return await done.Task;
        }
    }

    private async Task<TaskOutcome> GuardAsync()
    {
        try
        {
            return await execution.Options.Tasks.InvokeAsync(request, _stop.Token);
        }
        catch (Exception thrown)
        {
            return TaskOutcome.Failed(thrown.GetType().Name, thrown.Message);
        }
    }
}
