using System.Text.Json;

namespace NovaJudge.Pipeline.Runs;

/// <content>Models and how they are called.</content>
public sealed partial class RequestReader
{
    /// <summary>Fields of a call that hold the question, or would make the answer come in pieces.</summary>
    private static readonly string[] ReservedFields = ["messages", "stream"];

    private static ModelSettings ReadModel(JsonFields fields, ModelDefaults? fallback)
    {
        var text = fields.OptionalText("model") ?? fallback?.Model;
        string? problem = null;
        var spec = text is null ? null : ModelSpec.TryParse(text, out problem);
        if (spec is null)
        {
            fields.Problem("model", text is not null && LiteralKeys.AreIn(text) ? $"a model spec is expected; {LiteralKeys.Advice}" : problem ?? "a model is expected");
            spec = ModelSpec.Parse("file:missing");
        }

        var isFallback = text == fallback?.Model;
        if (LiteralKeys.AreIn(spec))
        {
            fields.Problem("model", $"the address carries a key; {LiteralKeys.Advice}");
            spec = ModelSpec.Parse("file:missing");
        }

        // Whatever stands here instead of a name may be the key: it is not repeated.
        var apiKey = fields.Any("apiKeyVariable");
        var apiKeyVariable = apiKey is { ValueKind: JsonValueKind.String } given ? given.GetString() : null;
        if (apiKey is not null && (apiKeyVariable is null || !LiteralKeys.IsVariableName(apiKeyVariable)))
        {
            fields.Problem("apiKeyVariable", "the name of an environment variable is expected (A-Z, 0-9 and _), never the key itself");
        }

        var name = fields.Text("name", (isFallback ? fallback?.Name : null) ?? spec.ToString(), 200);
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl) || LiteralKeys.AreIn(name))
        {
            fields.Problem("name", "a name of visible characters on one line is expected, and no key");
        }

        var extra = ReadExtra(fields);

        var settings = new ModelSettings
        {
            Model = spec,
            Name = name,
            MaxTokens = fields.Whole("maxTokens", (isFallback ? fallback?.MaxTokens : null) ?? 512, 1, 1_000_000),
            Temperature = fields.OptionalNumber("temperature", 0, 2) ?? (isFallback ? fallback?.Temperature : null),
            TopP = fields.OptionalNumber("topP", 0, 1),
            Seed = fields.OptionalWhole("seed", long.MinValue, long.MaxValue),
            SystemPrompt = fields.OptionalText("systemPrompt", RequestDefaults.MaxTemplateLength),
            Stop = fields.OptionalTexts("stop"),
            Extra = extra,
            ApiKeyVariable = apiKeyVariable,
        };
        fields.RefuseOthers();
        return settings;
    }

    private static JsonElement? ReadExtra(JsonFields fields)
    {
        var extra = fields.Any("extra");
        if (extra is { ValueKind: not JsonValueKind.Object })
        {
            fields.Problem("extra", "an object of further body fields is expected");
            return null;
        }

        if (extra is { } further)
        {
            if (LiteralKeys.Find(further) is { } place)
            {
                fields.Problem($"extra{place}", $"a key does not belong into a request; {LiteralKeys.Advice}");
            }

            foreach (var name in ReservedFields.Where(name => further.TryGetProperty(name, out _)))
            {
                fields.Problem($"extra.{name}", "the pipeline writes this field itself; use systemPrompt and dataset.promptTemplate for what is asked");
            }
        }

        return extra;
    }
}
