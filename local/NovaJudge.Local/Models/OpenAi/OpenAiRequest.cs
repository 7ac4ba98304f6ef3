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
    private const int MostKept = 1024 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The writer asks for three times the bytes that it needs, to be sure: each thread keeps a buffer for that.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(string model, string maxTokensField, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = _scratch is { Capacity: <= MostKept } kept ? kept : _scratch = new ArrayBufferWriter<byte>(16 * 1024);
        buffer.ResetWrittenCount();
        var json = _writer ??= new Utf8JsonWriter(buffer, Options);
        json.Reset(buffer);
        JsonElement? extra = options?.AdditionalProperties?.GetValueOrDefault("extra") is JsonElement { ValueKind: JsonValueKind.Object } further ? further : null;
        json.WriteStartObject();
        if (IsOurs("model"))
        {
            json.WriteString("model"u8, model);
        }

        json.WriteStartArray("messages"u8);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
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
        return buffer.WrittenSpan.ToArray();

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
