using System.Globalization;
using System.Text.Json;

namespace NovaJudge.Pipeline.Runs;

/// <summary>What started a run, told from the input of the execution, whatever its shape.</summary>
/// <param name="Identity">The run's id, time and trigger.</param>
/// <param name="Body">The request as far as the input holds it.</param>
/// <param name="Upload">The uploaded object; absent for other triggers.</param>
public sealed record Trigger(RunIdentity Identity, JsonElement Body, UploadedObject? Upload);

/// <summary>An object that somebody put under <c>incoming/</c>.</summary>
public sealed record UploadedObject(string Bucket, string Key);

/// <summary>Tells a schedule, an upload, a person and a laptop apart and gives each its run id.</summary>
public static class TriggerReader
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    /// <summary>Fields beside the request's own.</summary>
    private static readonly string[] TriggerFields = ["trigger", "scheduledTime", "runId"];

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static Trigger Read(JsonElement input, ExecutionInfo execution) => input.ValueKind switch
    {
        JsonValueKind.Object when IsEvent(input) => ReadUpload(input, execution),
        JsonValueKind.Object when Text(input, "trigger") == "schedule" || input.TryGetProperty("scheduledTime", out _) => ReadSchedule(input),
        JsonValueKind.Object => ReadRequest(input, execution),
        JsonValueKind.Null or JsonValueKind.Undefined => ReadRequest(Empty, execution),
        _ => throw PipelineException.BadInput("$: a request is a JSON object; {} runs the defaults."),
    };

    private static bool IsEvent(JsonElement input) =>
        input.TryGetProperty("detail-type", out _) && input.TryGetProperty("source", out _);

    private static Trigger ReadUpload(JsonElement input, ExecutionInfo execution)
    {
        if (input.GetProperty("source").ValueEquals("aws.s3")
            && input.GetProperty("detail-type").ValueEquals("Object Created")
            && input.TryGetProperty("detail", out var detail)
            && Text(detail, "bucket", "name") is { } bucket
            && Text(detail, "object", "key") is { } key)
        {
            // The same object version is the same run, however often its event is delivered.
            var version = Text(detail, "object", "version-id") ?? $"{Text(detail, "object", "etag")}/{Text(detail, "object", "sequencer")}";
            var runId = RunId.Parse($"{Slug.Of(Path.GetFileNameWithoutExtension(key), 24)}-{Slug.Hash(12, bucket, key, version)}");
            var time = input.TryGetProperty("time", out var at) && at.TryGetDateTimeOffset(out var created) ? created : execution.StartTime;
            return new Trigger(new RunIdentity(runId, time, RunTrigger.Upload), Empty, new UploadedObject(bucket, key));
        }

        throw PipelineException.BadInput($"$: an event \"{input.GetProperty("detail-type")}\" of \"{input.GetProperty("source")}\" does not start a run; \"Object Created\" of \"aws.s3\" does.");
    }

    private static Trigger ReadSchedule(JsonElement input)
    {
        if (!DateTimeOffset.TryParse(Text(input, "scheduledTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw PipelineException.BadInput("$.scheduledTime: the time of the schedule is expected, such as 2026-11-23T06:00:00Z.");
        }

        var body = input.TryGetProperty("request", out var request) ? request : WithoutTriggerFields(input);
        var runId = RunId.Parse($"{Slug.Of(Text(body, "suite") ?? "scheduled", 24)}-{time.UtcDateTime:yyyyMMdd-HHmmss}");
        return new Trigger(new RunIdentity(runId, time, RunTrigger.Schedule), body, null);
    }

    private static Trigger ReadRequest(JsonElement input, ExecutionInfo execution)
    {
        var trigger = Text(input, "trigger") switch
        {
            "local" => RunTrigger.Local,
            null or "console" => RunTrigger.Console,
            var kind => throw PipelineException.BadInput($"$.trigger: schedule, local or console is expected, not \"{kind}\"."),
        };
        return new Trigger(new RunIdentity(Named(input, execution), execution.StartTime, trigger), WithoutTriggerFields(input), null);
    }

    private static RunId Named(JsonElement input, ExecutionInfo execution) => Text(input, "runId") is { } given
        ? RunId.Parse(given)
        : RunId.Parse($"{Slug.Of(execution.Name, 31)}-{Slug.Hash(8, execution.Id)}");

    private static JsonElement WithoutTriggerFields(JsonElement input)
    {
        if (!TriggerFields.Any(field => input.TryGetProperty(field, out _)))
        {
            return input;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in input.EnumerateObject().Where(field => !TriggerFields.Contains(field.Name)))
            {
                field.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
