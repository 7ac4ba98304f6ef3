using System.Text.Json;

namespace NovaJudge.Infra.Settings;

/// <summary>What a request may leave out must be something that a request may name.</summary>
public static class DefaultsCheck
{
    /// <summary>Notes every problem of the defaults and of what is built from them.</summary>
    public static void Run(PipelineSettings settings, ContextReader reader)
    {
        using var defaults = JsonDocument.Parse(settings.Defaults);
        reader.RefuseOthers("defaults", defaults.RootElement, "datasetSource", "modelA", "modelB", "judgeKind", "sampleSize");
        foreach (var slot in new[] { "modelA", "modelB" })
        {
            if (!defaults.RootElement.TryGetProperty(slot, out var model))
            {
                continue;
            }

            if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("model", out var text) || text.ValueKind != JsonValueKind.String)
            {
                reader.Problem($"defaults.{slot}", "an object with a model is expected, such as {\"model\": \"bedrock:…\", \"name\": \"…\"}");
                continue;
            }

            reader.RefuseOthers($"defaults.{slot}", model, "model", "name", "maxTokens", "temperature");
            if (!settings.Models.Any(listed => listed.ToString() == text.GetString()))
            {
                reader.Problem($"defaults.{slot}.model", $"\"{text}\" is not listed under nova:models, so no request may name it");
            }
        }

        if (settings.Schedule is not null && !settings.Schedule.Names("dataset") && !defaults.RootElement.TryGetProperty("datasetSource", out _))
        {
            reader.Problem("schedule.request.dataset", "a data set is expected, here or as nova:defaults.datasetSource");
        }

        var environment = settings.Defaults.Length + settings.Models.Sum(model => model.ToString().Length + 3) + settings.DatasetBuckets.Sum(bucket => bucket.Length + 3);
        if (environment > FunctionEnvironment.LongestSettings)
        {
            reader.Problem("models", $"models, buckets and defaults take {environment} characters; the environment of a Lambda function has room for {FunctionEnvironment.LongestSettings} of them");
        }
    }
}
