using System.Text.Json;
using Constructs;

namespace NovaJudge.Infra;

/// <summary>When the suite runs by itself, and with which request.</summary>
/// <param name="Expression">EventBridge Scheduler's: <c>cron(0 6 ? * MON *)</c> or <c>rate(1 day)</c>.</param>
/// <param name="TimeZone">IANA name of the time zone of a cron expression.</param>
/// <param name="Request">The request as JSON; <c>{}</c> runs the defaults.</param>
public sealed record SuiteSchedule(string Expression, string TimeZone, string Request)
{
    /// <summary>The scheduled time is equal for every delivery of one occasion, so the run id is made from it.</summary>
    public string Input => $$"""{"scheduledTime":"<aws.scheduler.scheduled-time>","request":{{Request}}}""";

    /// <summary>The context value <c>schedule</c>, or <c>null</c> when runs are not scheduled.</summary>
    public static SuiteSchedule? FromContext(Construct scope) => scope.Node.TryGetContext("schedule") is IDictionary<string, object> schedule
        ? new SuiteSchedule(
            (string)schedule["expression"],
            schedule.TryGetValue("timeZone", out var zone) ? (string)zone : "UTC",
            schedule.TryGetValue("request", out var request) ? JsonSerializer.Serialize(request) : "{}")
        : null;
}
