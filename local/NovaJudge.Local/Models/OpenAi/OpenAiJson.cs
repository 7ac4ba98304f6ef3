using System.Text.Json;
using System.Text.Json.Serialization;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>What of a chat completion is read; everything else is passed over.</summary>
internal sealed record ChatCompletion
{
    public string? Model { get; init; }

    public IReadOnlyList<ChatChoice>? Choices { get; init; }

    [JsonConverter(typeof(UsageConverter))]
    public ChatUsage? Usage { get; init; }
}

internal sealed record ChatChoice(ChatReply? Message, string? FinishReason);

/// <param name="Content">The answer; some servers send it in parts.</param>
/// <param name="Refusal">What the model said instead of an answer.</param>
internal sealed record ChatReply([property: JsonConverter(typeof(ContentConverter))] string? Content, string? Refusal);

internal sealed record ChatUsage(long? PromptTokens, long? CompletionTokens);

/// <summary>The answer of <c>/models</c>.</summary>
internal sealed record ModelList(IReadOnlyList<ListedModel>? Data);

internal sealed record ListedModel(string? Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class OpenAiJsonContext : JsonSerializerContext;

/// <summary>Token counts as far as they are whole numbers. An answer is not thrown away, and asked for again, because its bill is odd.</summary>
internal sealed class UsageConverter : JsonConverter<ChatUsage?>
{
    public override ChatUsage? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? prompt = null, completion = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrompt = reader.ValueTextEquals("prompt_tokens"u8);
            var isCompletion = reader.ValueTextEquals("completion_tokens"u8);
            reader.Read();
            long? count = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
            reader.Skip();
            prompt = isPrompt ? count : prompt;
            completion = isCompletion ? count : completion;
        }

        return new ChatUsage(prompt, completion);
    }

    public override void Write(Utf8JsonWriter writer, ChatUsage? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A text, or an array of parts whose texts belong together.</summary>
internal sealed class ContentConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.GetString();
        }

        using var parts = JsonDocument.ParseValue(ref reader);
        return string.Concat(parts.RootElement.EnumerateArray().Select(part =>
            part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) ? text.GetString() : null));
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
