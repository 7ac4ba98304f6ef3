using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;

namespace NovaJudge.StatesLanguage;

/// <summary>A running or finished execution.</summary>
public sealed class Execution : IRandomSource
{
    private readonly TaskCompletionSource<ExecutionResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HistoryLog _log;
    private readonly CancellationTokenSource _stop;
    private Failure? _stopReason;
    private int _uuids;

    internal Execution(
        Interpreter interpreter, ExecutionRequest request, JsonValue input, ExecutionLoop loop, string? mapRunArn, Execution? earlier, CancellationToken cancellationToken)
    {
        (Interpreter, Request, InputValue, Loop, MapRunArn) = (interpreter, request, input, loop, mapRunArn);
        RedriveCount = earlier is null ? 0 : earlier.RedriveCount + 1;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _log = new HistoryLog(Options.Limits.HistoryEvents, keep: mapRunArn is null || Options.KeepChildHistories);
        StartedAt = earlier?.StartedAt ?? Options.Time.GetUtcNow();
        if (earlier is not null)
        {
            _log.Continue(earlier._log);
        }

        var context = new JsonObjectBuilder(6)
            .Set("Id", request.ExecutionArn)
            .Set("Input", input)
            .Set("StartTime", Timestamp.Write(StartedAt))
            .Set("Name", request.ExecutionName)
            .Set("RoleArn", request.RoleArn);
        ContextValue = (request.Type == WorkflowType.Express ? context : context.Set("RedriveCount", RedriveCount)).Build();
        MachineValue = new JsonObjectBuilder().Set("Id", request.StateMachineArn).Set("Name", request.StateMachineName).Build();
    }

    public string Arn => Request.ExecutionArn;

    public string Name => Request.ExecutionName;

    public string StateMachineArn => Request.StateMachineArn;

    /// <summary>The Map Run this execution is a child of; null at the top.</summary>
    public string? MapRunArn { get; }

    /// <summary>How often the execution was redriven.</summary>
    public int RedriveCount { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>When the execution ended; null while it runs.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    public ExecutionStatus Status { get; private set; } = ExecutionStatus.Running;

    /// <summary>Ends with the execution; it never throws for a failed one.</summary>
    public Task<ExecutionResult> Completion => _completion.Task;

    /// <summary>The events so far.</summary>
    public IReadOnlyList<HistoryEvent> History => _log.Snapshot();

    /// <summary>The input, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Input => InputValue.ToUtf8();

    internal Interpreter Interpreter { get; }

    internal InterpreterOptions Options => Interpreter.Options;

    internal ExecutionRequest Request { get; }

    internal ExecutionLoop Loop { get; }

    internal JsonValue InputValue { get; }

    internal JsonValue? OutputValue { get; private set; }

    internal JsonObject ContextValue { get; }

    internal JsonObject MachineValue { get; }

    internal CancellationToken Stopping => _stop.Token;

    internal bool HasTimedOut { get; set; }

    /// <summary>Whether the execution as a whole is coming to its end, so that what its branches still do is of no interest.</summary>
    internal bool IsEnding
    {
        get => field || HasTimedOut || _stopReason is not null || _stop.IsCancellationRequested;
        set;
    }

    /// <summary>The outermost branch, for a redrive; null once the execution has succeeded.</summary>
    internal BranchRun? Root { get; set; }

    /// <summary>What the execution was started with.</summary>
    internal (StateGraph Graph, TimeSpan? Timeout) Program { get; set; }

    /// <summary>`$$.Map` of a child execution.</summary>
    internal MapItemContext? MapItem { get; init; }

    Random IRandomSource.Random => Randomness;

    internal Random Randomness => field ??= new Random(DerivedId.Of($"{Options.Seed}:{Arn}:{RedriveCount}").GetHashCode());

    Guid IRandomSource.NewUuid() => DerivedId.AsRandom(Options.NewId($"uuid:{Options.Seed}:{Arn}:{RedriveCount}:{_uuids++}"));

    /// <summary>Aborts the execution: tasks are cancelled and <see cref="Completion"/> ends at once. Does nothing after the end.</summary>
    public void Stop(string? error = null, string? cause = null)
    {
        Interlocked.CompareExchange(ref _stopReason, new Failure(error, cause), null);
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The execution ended first.
        }
    }

    /// <summary>AWS quotes the execution's input as it was given, white space included; what states produce is compact.</summary>
    internal string Quote(JsonValue value) =>
        ReferenceEquals(value, InputValue) && !Request.Input.IsEmpty ? System.Text.Encoding.UTF8.GetString(Request.Input.Span) : value.ToString();

    internal Failure? StopReason => _stopReason;

    internal long LastEventId => _log.LastId;

    /// <summary>Records an event and returns its id.</summary>
    /// <exception cref="ExecutionFailedException">The history is full.</exception>
    internal long Record(
        long previousId,
        HistoryEventType type,
        string? name = null,
        JsonValue? input = null,
        JsonValue? output = null,
        int index = -1,
        TaskResource? resource = null,
        HistoryDetails? details = null,
        bool closing = false)
    {
        if (_log.IsFull && !closing)
        {
            IsEnding = true;
            throw new ExecutionFailedException(new Failure(
                ErrorNames.Runtime, $"The execution reached the maximum number of history events ({Options.Limits.HistoryEvents})."));
        }

        var e = new HistoryEvent(_log.NextId(), previousId, Options.Time.GetUtcNow(), type, name, index, resource, output ?? input, output is not null, details);
        _log.Keep(e);
        Options.Observer?.OnEvent(this, e);
        return e.Id;
    }

    internal void Finish(ExecutionStatus status, JsonValue? output, Failure? failure)
    {
        (Status, OutputValue, StoppedAt) = (status, output, Options.Time.GetUtcNow());
        if (status == ExecutionStatus.Succeeded)
        {
            Root = null;
        }

        // Whatever still runs for this execution must not outlive it.
        _stop.Cancel();
        _stop.Dispose();
        _completion.TrySetResult(new ExecutionResult
        {
            Status = status,
            Output = output is null || MapRunArn is not null ? default : output.ToUtf8(),
            Error = failure?.Error,
            Cause = failure?.Cause,
        });
    }

    internal void Fault(Exception exception)
    {
        Status = ExecutionStatus.Failed;
        _stop.Cancel();
        _completion.TrySetException(exception);
    }
}
