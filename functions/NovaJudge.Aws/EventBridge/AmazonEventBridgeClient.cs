using System.Text.Json.Serialization;
using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.EventBridge;

/// <summary>Settings of <see cref="AmazonEventBridgeClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_EVENTBRIDGE</c>.</summary>
public sealed class AmazonEventBridgeConfig()
    : ServiceConfig(new ServiceIdentity("EventBridge", "events", "events", "2015-10-07"));

/// <summary>Amazon EventBridge.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonEventBridgeClient(AWSCredentials? credentials = null, AmazonEventBridgeConfig? config = null)
    : JsonServiceClient(credentials, config ?? new AmazonEventBridgeConfig(), "AWSEvents", "1.1")
{
    private static readonly EventBridgeJsonContext Json = EventBridgeJsonContext.Default;

    /// <summary>Sends events. The call succeeds even when an event is refused: see <see cref="PutEventsResponse.FailedEntryCount"/>.</summary>
    public Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("PutEvents", request, Json.PutEventsRequest, Json.PutEventsResponse, cancellationToken);
}

/// <param name="Entries">1 to 10, of at most 256 KiB in all.</param>
public sealed record PutEventsRequest(IReadOnlyList<PutEventsRequestEntry> Entries);

public sealed record PutEventsRequestEntry
{
    /// <summary>Who says it.</summary>
    public required string Source { get; init; }

    /// <summary>What kind of thing happened.</summary>
    public required string DetailType { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Detail { get; init; }

    /// <summary>Name or ARN of the bus; absent means the account's default bus.</summary>
    public string? EventBusName { get; init; }

    public DateTimeOffset? Time { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }
}

public sealed record PutEventsResponse
{
    public int FailedEntryCount { get; init; }

    public IReadOnlyList<PutEventsResultEntry> Entries { get; init; } = [];
}

public sealed record PutEventsResultEntry(string? EventId = null, string? ErrorCode = null, string? ErrorMessage = null);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UnixSecondsConverter)])]
[JsonSerializable(typeof(PutEventsRequest))]
[JsonSerializable(typeof(PutEventsResponse))]
internal sealed partial class EventBridgeJsonContext : JsonSerializerContext;
