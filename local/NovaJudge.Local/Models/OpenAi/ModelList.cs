using System.Text.Json.Serialization;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>The answer of <c>/models</c>.</summary>
internal sealed record ModelList(IReadOnlyList<ListedModel>? Data);

internal sealed record ListedModel(string? Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class OpenAiJsonContext : JsonSerializerContext;
