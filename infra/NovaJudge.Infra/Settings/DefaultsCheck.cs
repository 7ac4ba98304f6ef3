using System.Text.Json;

namespace NovaJudge.Infra.Settings;

/// <summary>What a request may leave out must be something that a request may name.</summary>
public static class DefaultsCheck
{
    private const string Judges = "nova, nova-rubric or model:<a listed model>";

    /// <summary>Notes every problem of the defaults and of what is built from them.</summary>
    public static void Run(PipelineSettings settings, ContextReader reader)
    {
        using var document = JsonDocument.Parse(settings.Defaults);
        var defaults = document.RootElement;
        reader.RefuseOthers("defaults", defaults, "datasetSource", "modelA", "modelB", "judgeKind", "sampleSize");
        Expect("defaults", defaults, "datasetSource", JsonValueKind.String, "s3://bucket/key or incoming/key");
        Expect("defaults", defaults, "sampleSize", JsonValueKind.Number, "a number of prompts");
        CheckModel("modelA");
        CheckModel("modelB");
        if (defaults.TryGetProperty("judgeKind", out var judge) && judge.ToString() is not ("nova" or "nova-rubric")
            && !settings.Models.Any(model => judge.ToString() == $"model:{model}"))
        {
            reader.Problem("defaults.judgeKind", $"{Judges} is expected, not \"{judge}\"");
        }

        if (settings.Schedule is not null && !settings.Schedule.Names("dataset") && !defaults.TryGetProperty("datasetSource", out _))
        {
            reader.Problem("schedule.request.dataset", "a data set is expected, here or as nova:defaults.datasetSource");
        }

        CheckSize(settings, reader);

        void CheckModel(string slot)
        {
            if (!defaults.TryGetProperty(slot, out var model))
            {
                return;
            }

            if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("model", out var text) || text.ValueKind != JsonValueKind.String)
            {
                reader.Problem($"defaults.{slot}", "an object with a model is expected, such as {\"model\": \"bedrock:…\", \"name\": \"…\"}");
                return;
            }

            reader.RefuseOthers($"defaults.{slot}", model, "model", "name", "maxTokens", "temperature");
            Expect($"defaults.{slot}", model, "name", JsonValueKind.String, "what people read");
            Expect($"defaults.{slot}", model, "maxTokens", JsonValueKind.Number, "a number of tokens");
            Expect($"defaults.{slot}", model, "temperature", JsonValueKind.Number, "a number");
            if (!settings.Models.Any(listed => listed.ToString() == text.GetString()))
            {
                reader.Problem($"defaults.{slot}.model", $"\"{text}\" is not listed under nova:models, so no request may name it");
            }
        }

        void Expect(string path, JsonElement fields, string name, JsonValueKind kind, string rule)
        {
            if (fields.TryGetProperty(name, out var value) && value.ValueKind != kind)
            {
                reader.Problem($"{path}.{name}", $"{rule} is expected, not {value.GetRawText()}");
            }
        }
    }

    private static void CheckSize(PipelineSettings settings, ContextReader reader)
    {
        var characters = settings.Defaults.Length + settings.Models.Sum(model => model.ToString().Length + 3) + settings.DatasetBuckets.Sum(bucket => bucket.Length + 3);
        if (characters > FunctionEnvironment.LongestSettings)
        {
            reader.Problem("models", $"models, buckets and defaults take {characters} characters; the environment of a Lambda function has room for {FunctionEnvironment.LongestSettings} of them");
        }
    }
}
