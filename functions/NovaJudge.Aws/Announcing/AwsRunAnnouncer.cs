using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.Protocol;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Announcing;

/// <summary>Where a run's end is told.</summary>
public sealed record AnnouncementSettings
{
    public required string Region { get; init; }

    /// <summary>The bucket that the reports lie in.</summary>
    public required string Bucket { get; init; }

    /// <summary>The topic that people subscribe to; absent means none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>What a link to a report begins with, before the report's key; absent means S3's console.</summary>
    public string? LinkBase { get; init; }
}

/// <summary>
/// Tells the end of a run three times: as metrics (a log line that CloudWatch reads), as an event on the default bus,
/// and to the subscribers of a topic.
/// </summary>
public sealed class AwsRunAnnouncer(
    Lazy<AmazonEventBridgeClient> events,
    Lazy<AmazonSimpleNotificationServiceClient> notifications,
    AnnouncementSettings settings,
    TextWriter log) : IRunAnnouncer
{
    /// <summary>The event's source.</summary>
    public const string EventSource = "nova.judge";

    /// <summary>The event's detail type.</summary>
    public const string EventDetailType = "Nova judge run finished";

    /// <summary>
    /// Links into the console, which ask who is there. A signed link would open the report for whoever reads the
    /// message, and would be dead after some hours.
    /// </summary>
    public ValueTask<RunLinks> LinkAsync(RunId runId, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        return ValueTask.FromResult(new RunLinks(Link(keys.Report("report.html")), Link(keys.Report("figure.png"))));
    }

    public async Task AnnounceAsync(RunSummary summary, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync(MetricsLine.Write(summary).AsMemory(), cancellationToken);
        try
        {
            await PutEventAsync(summary, cancellationToken);
            if (settings.TopicArn is { } topic)
            {
                await notifications.Value.PublishAsync(
                    new PublishRequest { TopicArn = topic, Subject = Subject(summary), Message = Message(summary) }, cancellationToken);
            }
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"Run {summary.RunId} is complete but cannot be announced: {exception.Message}", exception);
        }
    }

    private async Task PutEventAsync(RunSummary summary, CancellationToken cancellationToken)
    {
        var answer = await events.Value.PutEventsAsync(
            new PutEventsRequest(
            [
                new PutEventsRequestEntry
                {
                    Source = EventSource,
                    DetailType = EventDetailType,
                    Detail = JsonSerializer.Serialize(summary, AnnouncementJsonContext.Default.RunSummary),
                    Time = summary.FinishedAt,
                },
            ]),
            cancellationToken);
        if (answer.FailedEntryCount > 0)
        {
            var refused = answer.Entries.FirstOrDefault(entry => entry.ErrorCode is not null);
            throw new PipelineException(ErrorNames.StoreFailed, $"Run {summary.RunId} is complete but its event was refused: {refused?.ErrorCode}: {refused?.ErrorMessage}");
        }
    }

    private string Link(ObjectKey key) => settings.LinkBase is { } linkBase
        ? linkBase + key
        : $"https://{Console}/s3/object/{settings.Bucket}?region={settings.Region}&prefix={Uri.EscapeDataString(key.Value)}";

    private string Console => settings.Region switch
    {
        ['c', 'n', '-', ..] => $"{settings.Region}.console.amazonaws.cn",
        ['u', 's', '-', 'g', 'o', 'v', '-', ..] => $"{settings.Region}.console.amazonaws-us-gov.com",
        _ => $"{settings.Region}.console.aws.amazon.com",
    };

    // SNS wants printable ASCII and at most 100 characters for an e-mail's subject.
    private static string Subject(RunSummary summary)
    {
        var text = $"{summary.Suite}: {summary.Verdict}{(summary.Gate == Pipeline.Judging.GateStatus.Failed ? ", gate failed" : "")}";
        var plain = string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
        return plain.Length <= 100 ? plain : plain[..100];
    }

    private static string Message(RunSummary summary) => string.Join('\n',
        [summary.Sentence, "", $"Suite: {summary.Suite}", $"Run: {summary.RunId}", $"Gate: {summary.Gate}", .. summary.Cost is { } cost ? [$"Cost: {cost}"] : Array.Empty<string>(), .. summary.ReportUrl is { } url ? [$"Report: {url}"] : Array.Empty<string>()]);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class AnnouncementJsonContext : JsonSerializerContext;
