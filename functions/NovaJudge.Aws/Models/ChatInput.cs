using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.Models;

/// <summary>What of a chat request both services understand.</summary>
internal static class ChatInput
{
    /// <summary>The message's text; anything else is refused.</summary>
    /// <exception cref="ModelException">The message holds more than text.</exception>
    public static string Text(ChatMessage message) => message.Contents.All(content => content is TextContent)
        ? message.Text
        : throw ModelFailures.Of(ModelFailureKind.Item, "notText", "only text can be sent to this model");

    /// <summary>Further fields of the call's body, as the request names them.</summary>
    public static JsonElement? Extra(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue("extra", out var extra) == true && extra is JsonElement { ValueKind: JsonValueKind.Object } fields ? fields : null;
}
