using System.Text.Json.Serialization;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.StepFunctions;

/// <param name="TaskToken">1 to 2,048 characters; a secret: whoever has it can answer the task.</param>
/// <param name="Output">JSON of at most 262,144 bytes.</param>
public sealed record SendTaskSuccessRequest(string TaskToken, string Output);

public sealed record SendTaskSuccessResponse;

/// <param name="TaskToken">1 to 2,048 characters; a secret.</param>
/// <param name="Error">At most 256 characters.</param>
/// <param name="Cause">At most 32,768 characters.</param>
public sealed record SendTaskFailureRequest(string TaskToken, string Error, string? Cause = null);

public sealed record SendTaskFailureResponse;

/// <param name="TaskToken">1 to 2,048 characters; a secret.</param>
public sealed record SendTaskHeartbeatRequest(string TaskToken);

public sealed record SendTaskHeartbeatResponse;

/// <param name="StateMachineArn">The machine.</param>
/// <param name="Name">1 to 80 characters, used once in 90 days; absent means a name of the service's making.</param>
/// <param name="Input">JSON of at most 262,144 bytes.</param>
/// <param name="TraceHeader">Header of AWS X-Ray.</param>
public sealed record StartExecutionRequest(string StateMachineArn, string? Name = null, string? Input = null, string? TraceHeader = null);

public sealed record StartExecutionResponse
{
    public string? ExecutionArn { get; init; }

    public DateTimeOffset? StartDate { get; init; }
}

public sealed record DescribeExecutionRequest(string ExecutionArn);

public sealed record DescribeExecutionResponse
{
    public string? ExecutionArn { get; init; }

    public string? StateMachineArn { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <see cref="ExecutionStatus"/>.</summary>
    public string? Status { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? StopDate { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }
}

/// <summary>Where an execution stands.</summary>
public static class ExecutionStatus
{
    public const string Running = "RUNNING";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string TimedOut = "TIMED_OUT";
    public const string Aborted = "ABORTED";
    public const string PendingRedrive = "PENDING_REDRIVE";
}

public sealed record StopExecutionRequest(string ExecutionArn, string? Error = null, string? Cause = null);

public sealed record StopExecutionResponse
{
    public DateTimeOffset? StopDate { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UnixSecondsConverter)])]
[JsonSerializable(typeof(SendTaskSuccessRequest))]
[JsonSerializable(typeof(SendTaskSuccessResponse))]
[JsonSerializable(typeof(SendTaskFailureRequest))]
[JsonSerializable(typeof(SendTaskFailureResponse))]
[JsonSerializable(typeof(SendTaskHeartbeatRequest))]
[JsonSerializable(typeof(SendTaskHeartbeatResponse))]
[JsonSerializable(typeof(StartExecutionRequest))]
[JsonSerializable(typeof(StartExecutionResponse))]
[JsonSerializable(typeof(DescribeExecutionRequest))]
[JsonSerializable(typeof(DescribeExecutionResponse))]
[JsonSerializable(typeof(StopExecutionRequest))]
[JsonSerializable(typeof(StopExecutionResponse))]
internal sealed partial class StepFunctionsJsonContext : JsonSerializerContext;
