using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>What ended the wait for a task's outcome or for its callback: the wanted answer, or the name of a time-out.</summary>
internal readonly record struct TaskEnd<T>(T? Answer, string? Expired);

/// <summary>What a callback said.</summary>
internal sealed record CallbackAnswer(JsonValue? Output, string? Error, string? Cause);

/// <summary>One invocation of a task, with everything that may end it: its outcome, a callback, its time-outs, the end of the execution.</summary>
internal sealed class TaskAttempt : IWaitingTask, IAsyncDisposable
{
    private readonly Execution _execution;
    private readonly TaskRequest _request;
    private readonly CancellationToken _cancellation;

    // Only what can end early needs a source of its own; most tasks are ended by their branch or not at all.
    private readonly CancellationTokenSource? _stop;
    private readonly TaskCompletionSource<CallbackAnswer>? _answered;
    private readonly TimeSpan _heartbeatInterval;
    private readonly LongTimer? _timeout;
    private readonly LongTimer? _heartbeat;
    private TaskCompletionSource<string>? _expired;
    private CancellationTokenRegistration _cancelled;

    public TaskAttempt(Execution execution, TaskRequest request, long? timeoutSeconds, long? heartbeatSeconds, CancellationToken cancellationToken)
    {
        (_execution, _request, _cancellation) = (execution, request, cancellationToken);
        if (request.TaskToken is { } token)
        {
            _answered = new();
            execution.Interpreter.Tokens.Add(token, this);
        }

        if (timeoutSeconds is null && heartbeatSeconds is null)
        {
            return;
        }

        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var expired = Expiry();
        if (timeoutSeconds is { } timeout)
        {
            _timeout = new LongTimer(execution.Options.Time, TimeSpan.FromSeconds(timeout), () => expired.TrySetResult(ErrorNames.Timeout));
        }

        if (heartbeatSeconds is { } heartbeat)
        {
            _heartbeatInterval = TimeSpan.FromSeconds(heartbeat);
            _heartbeat = new LongTimer(execution.Options.Time, _heartbeatInterval, () => expired.TrySetResult(ErrorNames.HeartbeatTimeout));
        }
    }

    public bool IsAnswered => _answered?.Task.IsCompleted == true;

    /// <summary>The integration's outcome, or the name of the time-out that came first.</summary>
    /// <exception cref="OperationCanceledException">The execution is stopping; the integration's token is cancelled.</exception>
    public async ValueTask<TaskEnd<TaskOutcome>> InvokeAsync()
    {
        var invocation = Invoke();
        return invocation.IsCompletedSuccessfully ? new(invocation.Result, null) : await FirstAsync(invocation.AsTask());
    }

    /// <summary>The callback's answer, or the name of the time-out that came first.</summary>
    /// <exception cref="OperationCanceledException">The execution is stopping.</exception>
    public ValueTask<TaskEnd<CallbackAnswer>> AnswerAsync() => FirstAsync(_answered!.Task);

    public bool Answer(JsonValue? output, string? error, string? cause) =>
        _expired?.Task.IsCompleted != true && _answered!.TrySetResult(new CallbackAnswer(output, error, cause));

    public bool Heartbeat()
    {
        if (_expired?.Task.IsCompleted == true || IsAnswered)
        {
            return false;
        }

        _heartbeat?.Restart(_heartbeatInterval);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_request.TaskToken is { } token)
        {
            _execution.Interpreter.Tokens.Remove(token);
        }

        _cancelled.Unregister();
        if (_timeout is not null)
        {
            await _timeout.DisposeAsync();
        }

        if (_heartbeat is not null)
        {
            await _heartbeat.DisposeAsync();
        }

        if (_stop is not null)
        {
            // What the integration does on cancellation is its own business, off the loop; the clock waits for it.
            _execution.Loop.Clock?.Enter();
            await _stop.CancelAsync();
            _execution.Loop.Clock?.Exit();
            _stop.Dispose();
        }
    }

    private async ValueTask<TaskEnd<T>> FirstAsync<T>(Task<T> wanted)
    {
        if (!wanted.IsCompleted)
        {
            await Task.WhenAny(wanted, Expiry().Task);
        }

        _cancellation.ThrowIfCancellationRequested();
        return wanted.IsCompleted ? new(await wanted, null) : new(default, await Expiry().Task);
    }

    /// <summary>What a time-out or the end of the execution completes.</summary>
    private TaskCompletionSource<string> Expiry()
    {
        if (_expired is null)
        {
            _expired = new();
            _cancelled = _cancellation.UnsafeRegister(static self => ((TaskAttempt)self!)._expired!.TrySetCanceled(), this);
        }

        return _expired;
    }

    private ValueTask<TaskOutcome> Invoke()
    {
        // Held before the call: the integration may lend the hold to the clock at once.
        _execution.Loop.Clock?.Enter();
        if (_execution.Options.Invocation == TaskInvocation.Concurrent)
        {
            return new(HeldAsync(Task.Run(() => GuardAsync().AsTask(), CancellationToken.None)));
        }

        var direct = GuardAsync();
        if (!direct.IsCompleted)
        {
            return new(HeldAsync(direct.AsTask()));
        }

        _execution.Loop.Clock?.Exit();
        return direct;
    }

    /// <summary>Lets the clock go only after whoever waits has been posted to the loop, which holds the clock from then on.</summary>
    private async Task<TaskOutcome> HeldAsync(Task<TaskOutcome> running)
    {
        var clock = _execution.Loop.Clock;
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

    private async ValueTask<TaskOutcome> GuardAsync()
    {
        try
        {
            return await _execution.Options.Tasks.InvokeAsync(_request, _stop?.Token ?? _cancellation);
        }
        catch (Exception thrown)
        {
            return TaskOutcome.Failed(thrown.GetType().Name, thrown.Message);
        }
    }
}
