using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.History;

/// <summary>One event of an execution's history. Which details it has depends on its type; absent ones are null.</summary>
public sealed class HistoryEvent
{
    internal HistoryEvent(long id, long previousId, DateTimeOffset timestamp, HistoryEventType type) =>
        (Id, PreviousEventId, Timestamp, Type) = (id, previousId, timestamp, type);

    public long Id { get; }

    /// <summary>The event this one follows in its branch; 0 at the beginning.</summary>
    public long PreviousEventId { get; }

    public DateTimeOffset Timestamp { get; }

    public HistoryEventType Type { get; }

    /// <summary>The state's name, of events about states and map iterations.</summary>
    public string? Name { get; internal init; }

    public string? Error { get; internal init; }

    public string? Cause { get; internal init; }

    /// <summary>The resource of a task: a function's ARN, or an action such as <c>invoke</c>.</summary>
    public string? Resource { get; internal init; }

    /// <summary>The service of a task, such as <c>lambda</c>.</summary>
    public string? ResourceType { get; internal init; }

    /// <summary>The index of a map iteration.</summary>
    public int? Index { get; internal init; }

    /// <summary>The number of items of a Map.</summary>
    public int? Length { get; internal init; }

    public string? MapRunArn { get; internal init; }

    public long? TimeoutInSeconds { get; internal init; }

    public long? HeartbeatInSeconds { get; internal init; }

    /// <summary>The input as JSON text, of events that carry one.</summary>
    public string? Input => InputValue?.ToString();

    /// <summary>The output as JSON text, of events that carry one.</summary>
    public string? Output => OutputValue?.ToString();

    internal JsonValue? InputValue { get; init; }

    internal JsonValue? OutputValue { get; init; }

    internal JsonObject? AssignedValues { get; init; }

    internal string? RoleArn { get; init; }

    internal int? RedriveCount { get; init; }

    /// <summary>The event in the shape of GetExecutionHistory, as compact JSON.</summary>
    public override string ToString() => HistoryJson.Of(this).ToString();
}
