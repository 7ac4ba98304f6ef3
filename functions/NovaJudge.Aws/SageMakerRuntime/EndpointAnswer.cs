using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.Models;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.SageMakerRuntime;

/// <summary>
/// Reads what containers answer: a chat completion (vLLM, LMI), <c>{"generated_text"}</c> (LMI), <c>[{"generated_text"}]</c> (TGI),
/// or an error in the place of one.
/// </summary>
internal static class EndpointAnswer
{
    /// <exception cref="ModelException">The answer holds no text.</exception>
    public static ChatResponse Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? throw Unknown()
                : Find(root, "choices", JsonValueKind.Array) is { } choices && choices.GetArrayLength() > 0 ? Completion(root, choices[0])
                : root.TryGetProperty("generated_text", out var text) ? Generated(text, Find(root, "details", JsonValueKind.Object))
                : root.TryGetProperty("error", out var error) ? throw Refusal(error)
                : throw Unknown();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text that breaks off in the middle of a surrogate pair.
            throw ModelFailures.Of(ModelFailureKind.Transient, "unreadable", "the container's answer is not JSON that holds a text", exception);
        }
    }

    private static ChatResponse Completion(JsonElement root, JsonElement choice)
    {
        var reason = Text(choice, "finish_reason");
        var usage = Find(root, "usage", JsonValueKind.Object);
        var content = Find(choice, "message", JsonValueKind.Object) is { } message ? Content(message) : Text(choice, "text");
        return reason == "content_filter"
            ? throw ModelFailures.Of(ModelFailureKind.Item, "contentFiltered", "the answer was withheld (content_filter)")
            : Response(content ?? "", reason, Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"));
    }

    // A text, or parts of which some are texts; absent when the model only thought.
    private static string? Content(JsonElement message) => message.TryGetProperty("content", out var content) ? content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Object ? Text(part, "text") : null)),
        _ => null,
    } : null;

    private static ChatResponse Generated(JsonElement text, JsonElement? details)
    {
        var reason = details is { } found ? Text(found, "finish_reason") : null;
        return reason == "error"
            ? throw ModelFailures.Of(ModelFailureKind.Transient, "modelError", "the container failed while it generated")
            : Response(text.GetString() ?? "", reason, null, Number(details, "generated_tokens"));
    }

    private static ChatResponse Response(string text, string? reason, long? inputTokens, long? outputTokens) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = reason switch
        {
            null => null,
            "stop" or "eos_token" or "stop_sequence" => ChatFinishReason.Stop,
            "length" => ChatFinishReason.Length,
            _ => new ChatFinishReason(reason),
        },
        Usage = inputTokens is null && outputTokens is null ? null : new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = outputTokens },
    };

    private static ModelException Refusal(JsonElement error)
    {
        var message = error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText();
        return ContextLimit.IsMeant(message)
            ? ModelFailures.Of(ModelFailureKind.Item, "contextTooLong", message)
            : ModelFailures.Of(ModelFailureKind.Transient, "modelError", message);
    }

    private static ModelException Unknown() => ModelFailures.Of(ModelFailureKind.Permanent, "unknownAnswer",
        "The container's answer has neither \"choices\" nor \"generated_text\"; use one that speaks the chat schema (vLLM, LMI) or TGI's");

    private static JsonElement? Find(JsonElement parent, string name, JsonValueKind kind) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string? Text(JsonElement parent, string name) => Find(parent, name, JsonValueKind.String)?.GetString();

    private static long? Number(JsonElement? parent, string name) =>
        parent is { } found && Find(found, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : null;
}
