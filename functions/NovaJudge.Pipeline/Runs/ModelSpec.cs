using System.Text.Json;
using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Which model: <c>scheme:target</c>, for example <c>bedrock:global.anthropic.claude-sonnet-4-6</c>.</summary>
[JsonConverter(typeof(ModelSpecJsonConverter))]
public sealed record ModelSpec
{
    /// <summary>What each scheme looks like, for messages and help.</summary>
    public static IReadOnlyDictionary<string, string> Schemes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bedrock"] = "bedrock:<model or inference profile id>",
        ["embedded"] = "embedded:<name>",
        ["file"] = "file:<responses.jsonl>",
        ["ollama"] = "ollama:<model>",
        ["openai"] = "openai:<base url>#<model>",
        ["run"] = "run:<run id>/a|b",
        ["sagemaker"] = "sagemaker:<endpoint>[/<component>]",
    };

    private ModelSpec(string scheme, string target) => (Scheme, Target) = (scheme, target);

    /// <summary>One of <see cref="Schemes"/>.</summary>
    public string Scheme { get; }

    /// <summary>What follows the colon.</summary>
    public string Target { get; }

    /// <summary>Reads a spec. <paramref name="problem"/> says what is wrong and lists what is known.</summary>
    public static ModelSpec? TryParse(string text, out string? problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? text : text[..colon];
        var target = colon < 0 ? "" : text[(colon + 1)..];
        problem = null;
        if (!Schemes.TryGetValue(scheme, out var shape))
        {
            problem = $"\"{text}\" is not a model spec; known are {string.Join(", ", Schemes.Values)}";
        }
        else if (target.Length == 0 || target.Any(char.IsControl) || !Fits(scheme, target))
        {
            problem = $"\"{text}\" does not have the form {shape}";
        }

        return problem is null ? new ModelSpec(scheme, target) : null;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static ModelSpec Parse(string text) => TryParse(text, out var problem) ?? throw PipelineException.BadInput(problem + ".");

    public override string ToString() => $"{Scheme}:{Target}";

    private static bool Fits(string scheme, string target) => scheme switch
    {
        "openai" => target.LastIndexOf('#') is var hash and > 0 && hash < target.Length - 1
            && Uri.TryCreate(target[..hash], UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
        "run" => target.LastIndexOf('/') is var slash and > 0 && RunId.TryParse(target[..slash], out _)
            && target[(slash + 1)..] is "a" or "b",
        "sagemaker" => target.Split('/') is [{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }],
        _ => true,
    };
}

/// <summary>Specs travel as JSON strings.</summary>
public sealed class ModelSpecJsonConverter : JsonConverter<ModelSpec>
{
    public override ModelSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ModelSpec.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ModelSpec value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
