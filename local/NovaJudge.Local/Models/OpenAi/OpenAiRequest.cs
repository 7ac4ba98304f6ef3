using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>
/// Writes the body of a chat completion. A further field of the request replaces ours of the same name; one that is
/// null takes it out, for servers that refuse a field which others need.
/// </summary>
internal static class OpenAiRequest
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(string model, string maxTokensField, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + messages.Sum(message => message.Text.Length));
        using var json = new Utf8JsonWriter(buffer, Options);
        JsonElement? extra = options?.AdditionalProperties?.GetValueOrDefault("extra") is JsonElement { ValueKind: JsonValueKind.Object } further ? further : null;
        json.WriteStartObject();
        if (IsOurs("model"))
        {
            json.WriteString("model"u8, model);
        }

        json.WriteStartArray("messages"u8);
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, message.Role.Value);
            json.WriteString("content"u8, message.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteNumber(maxTokensField, options?.MaxOutputTokens);

        // Through decimal: a float of 0.7 is 0.7, not 0.699999988079071.
        WriteNumber("temperature", (decimal?)options?.Temperature);
        WriteNumber("top_p", (decimal?)options?.TopP);
        WriteNumber("seed", options?.Seed);
        if (options?.StopSequences is { Count: > 0 } stop && IsOurs("stop"))
        {
            json.WriteStartArray("stop"u8);
            foreach (var text in stop)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        foreach (var field in extra?.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null) ?? [])
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;

        bool IsOurs(string name) => extra?.TryGetProperty(name, out _) != true;

        void WriteNumber(string name, decimal? value)
        {
            if (value is { } number && IsOurs(name))
            {
                json.WriteNumber(name, number);
            }
        }
    }
}
