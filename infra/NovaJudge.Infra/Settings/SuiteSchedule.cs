using System.Text.Json;
using System.Text.RegularExpressions;

namespace NovaJudge.Infra.Settings;

/// <summary>When the suite runs by itself, and with which request.</summary>
/// <param name="Expression">EventBridge Scheduler's: <c>cron(0 6 ? * MON *)</c> or <c>rate(1 day)</c>.</param>
/// <param name="TimeZone">IANA name of the time zone of a cron expression. Default <c>UTC</c>.</param>
/// <param name="Request">The request; what it leaves out has a default.</param>
public sealed partial record SuiteSchedule(string Expression, string TimeZone, JsonElement Request)
{
    /// <summary>What the machine is started with. The scheduled time is equal for every delivery of one occasion, so the run id is made from it.</summary>
    public string Input => $$"""{"scheduledTime":"<aws.scheduler.scheduled-time>","request":{{JsonSerializer.Serialize(Request)}}}""";

    /// <summary>Whether the request has the field.</summary>
    public bool Names(string field) => Request.TryGetProperty(field, out _);

    public static SuiteSchedule Read(JsonElement value, ContextReader reader)
    {
        reader.RefuseOthers("schedule", value, "expression", "timeZone", "request");
        var expression = value.TryGetProperty("expression", out var given) ? given.ToString() : "";
        if (!ScheduleExpression.IsMatch(expression))
        {
            reader.Problem("schedule.expression", $"rate(1 day) or cron(0 6 ? * MON *), with six fields, is expected, not \"{expression}\"");
        }

        var timeZone = value.TryGetProperty("timeZone", out var zone) ? zone.ToString() : "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
        {
            reader.Problem("schedule.timeZone", $"an IANA time zone such as Europe/Berlin is expected, not \"{timeZone}\"");
        }

        var request = value.TryGetProperty("request", out var written) ? written : JsonDocument.Parse("{}").RootElement;
        if (request.ValueKind != JsonValueKind.Object)
        {
            reader.Problem("schedule.request", $"an object is expected, not {request.GetRawText()}");
            request = JsonDocument.Parse("{}").RootElement;
        }

        return new SuiteSchedule(expression, timeZone, request);
    }

    [GeneratedRegex(@"^(rate\([1-9]\d* (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$(?!\n)")]
    private static partial Regex ScheduleExpression { get; }
}
