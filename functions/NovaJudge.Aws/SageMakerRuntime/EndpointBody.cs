using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.Models;

namespace NovaJudge.Aws.SageMakerRuntime;

/// <summary>How a container wants to be asked.</summary>
internal enum EndpointSchema
{
    /// <summary>Chat messages, as OpenAI has them; the container applies the model's chat template.</summary>
    Messages,

    /// <summary>One text, as TGI has it; no chat template is applied.</summary>
    Inputs,
}

/// <summary>Writes the question in either schema.</summary>
internal static class EndpointBody
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(EndpointSchema schema, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            if (schema == EndpointSchema.Messages)
            {
                WriteMessages(json, messages, options);
            }
            else
            {
                WriteInputs(json, messages, options);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            json.WriteString("content", ChatInput.Text(message));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var written = new HashSet<string> { "messages" };
        WriteNumber(json, "max_tokens", options?.MaxOutputTokens, written);
        WriteNumber(json, "temperature", options?.Temperature, written);
        WriteSampling(json, options, written);
    }

    private static void WriteInputs(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        json.WriteString("inputs", string.Join("\n\n", messages.Select(ChatInput.Text)));
        json.WriteStartObject("parameters");
        var written = new HashSet<string>();
        WriteNumber(json, "max_new_tokens", options?.MaxOutputTokens, written);

        // TGI refuses a temperature of 0: not to sample is its way to say so.
        if (options?.Temperature is { } temperature)
        {
            json.WriteBoolean("do_sample", temperature > 0);
            WriteNumber(json, "temperature", temperature > 0 ? temperature : default(float?), written);
            written.Add("do_sample");
        }

        json.WriteBoolean("details", true);
        json.WriteBoolean("return_full_text", false);
        written.UnionWith(["details", "return_full_text", "temperature"]);
        WriteSampling(json, options, written);
        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions? options, HashSet<string> written)
    {
        WriteNumber(json, "top_p", options?.TopP, written);
        WriteNumber(json, "seed", options?.Seed, written);
        if (options?.StopSequences is { Count: > 0 } stop)
        {
            json.WriteStartArray("stop");
            foreach (var text in stop)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
            written.Add("stop");
        }

        if (ChatInput.Extra(options) is { } extra)
        {
            // What the request says itself counts before what it adds.
            foreach (var field in extra.EnumerateObject().Where(field => !written.Contains(field.Name)))
            {
                field.WriteTo(json);
            }
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value, HashSet<string> written)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
            written.Add(name);
        }
    }

    // As a float: 0.9 must not become 0.8999999761581421.
    private static void WriteNumber(Utf8JsonWriter json, string name, float? value, HashSet<string> written)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
            written.Add(name);
        }
    }
}
