using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.History;

/// <summary>One event of an execution's history. Which details it has depends on its type; absent ones are null.</summary>
public sealed class HistoryEvent
{
    // An execution keeps up to 25,000 of these, a map many more: what few events have lives in an object of its own.
    private readonly long _ticks;
    private readonly TaskResource? _resource;
    private readonly HistoryDetails? _details;
    private readonly int _index;
    private readonly byte _type;
    private readonly bool _isOutput;

    internal HistoryEvent(
        long id,
        long previousId,
        DateTimeOffset timestamp,
        HistoryEventType type,
        string? name,
        int index,
        TaskResource? resource,
        JsonValue? value,
        bool isOutput,
        HistoryDetails? details)
    {
        (Id, PreviousEventId, _ticks, _type, Name, _index) = (id, previousId, timestamp.UtcTicks, (byte)type, name, index);
        (_resource, Value, _isOutput, _details) = (resource, value, isOutput, details);
    }

    public long Id { get; }

    /// <summary>The event this one follows in its branch; 0 at the beginning.</summary>
    public long PreviousEventId { get; }

    public DateTimeOffset Timestamp => new(_ticks, TimeSpan.Zero);

    public HistoryEventType Type => (HistoryEventType)_type;

    /// <summary>The state's name, of events about states and map iterations.</summary>
    public string? Name { get; }

    public string? Error => _details?.Error;

    public string? Cause => _details?.Cause;

    /// <summary>The resource of a task: a function's ARN, or an action such as <c>invoke</c>.</summary>
    public string? Resource => _resource?.Resource;

    /// <summary>The service of a task, such as <c>lambda</c>.</summary>
    public string? ResourceType => _resource is { Kind: TaskResourceKind.LambdaInvoke or TaskResourceKind.Service } ? _resource.ResourceType : null;

    /// <summary>The index of a map iteration.</summary>
    public int? Index => _index < 0 ? null : _index;

    /// <summary>The number of items of a Map.</summary>
    public int? Length => _details?.Length;

    public string? MapRunArn => _details?.MapRunArn;

    public long? TimeoutInSeconds => _details?.Timeout;

    public long? HeartbeatInSeconds => _details?.Heartbeat;

    /// <summary>How often the execution was redriven, of the event that says so.</summary>
    public int? RedriveCount => _details?.RedriveCount;

    /// <summary>The input as JSON text, of events that carry one.</summary>
    public string? Input => InputValue?.ToString();

    /// <summary>The output as JSON text, of events that carry one.</summary>
    public string? Output => OutputValue?.ToString();

    internal JsonValue? InputValue => _isOutput ? null : Value;

    internal JsonValue? OutputValue => _isOutput ? Value : null;

    internal JsonObject? AssignedValues => _details?.Assigned;

    internal string? RoleArn => _details?.RoleArn;

    private JsonValue? Value { get; }

    /// <summary>The event in the shape of GetExecutionHistory, as compact JSON.</summary>
    public override string ToString() => HistoryJson.Of(this).ToString();
}

/// <summary>What only few events have.</summary>
internal sealed record HistoryDetails
{
    public string? Error { get; init; }

    public string? Cause { get; init; }

    public JsonObject? Assigned { get; init; }

    public int? Length { get; init; }

    public string? MapRunArn { get; init; }

    public long? Timeout { get; init; }

    public long? Heartbeat { get; init; }

    public string? RoleArn { get; init; }

    public int? RedriveCount { get; init; }

    public static HistoryDetails? OfFailure(string? error, string? cause) => error is null && cause is null ? null : new HistoryDetails { Error = error, Cause = cause };
}
