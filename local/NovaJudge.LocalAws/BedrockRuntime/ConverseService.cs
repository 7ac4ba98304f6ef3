using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.LocalAws.BedrockRuntime;

/// <summary>Bedrock's Converse: <c>POST /model/{id}/converse</c>.</summary>
internal sealed class ConverseService(Func<string, IChatClient?> models)
{
    public async Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        if (request.Method != "POST" || request.Path.Split('/') is not ["", "model", var encoded, "converse"])
        {
            throw new AwsErrorException(404, "UnknownOperationException", $"{request.Method} {request.Path} is not part of this stand-in.");
        }

        var model = models(Uri.UnescapeDataString(encoded)) ?? throw new AwsErrorException(400, "ValidationException", "The provided model identifier is invalid.");
        using var body = JsonDocument.Parse(request.Body);
        try
        {
            var answer = await model.GetResponseAsync(Messages(body.RootElement), Options(body.RootElement), context.RequestAborted);
            await AwsAnswers.JsonAsync(context, Answer(answer));
        }
        catch (ModelException failure)
        {
            throw ModelErrors.OfBedrock(failure);
        }
    }

    private static List<ChatMessage> Messages(JsonElement body)
    {
        var messages = new List<ChatMessage>();
        if (body.TryGetProperty("system", out var system))
        {
            messages.Add(new ChatMessage(ChatRole.System, string.Concat(system.EnumerateArray().Select(Text))));
        }

        messages.AddRange(body.GetProperty("messages").EnumerateArray().Select(message =>
            new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), string.Concat(message.GetProperty("content").EnumerateArray().Select(Text)))));
        return messages;
    }

    private static string Text(JsonElement block) => block.GetProperty("text").GetString()!;

    private static ChatOptions Options(JsonElement body)
    {
        var options = new ChatOptions();
        if (body.TryGetProperty("inferenceConfig", out var settings))
        {
            options.MaxOutputTokens = settings.TryGetProperty("maxTokens", out var tokens) ? tokens.GetInt32() : null;
            options.Temperature = settings.TryGetProperty("temperature", out var temperature) ? temperature.GetSingle() : null;
            options.TopP = settings.TryGetProperty("topP", out var topP) ? topP.GetSingle() : null;
            options.StopSequences = settings.TryGetProperty("stopSequences", out var stop) ? [.. stop.EnumerateArray().Select(text => text.GetString()!)] : null;
        }

        if (body.TryGetProperty("additionalModelRequestFields", out var extra))
        {
            options.AdditionalProperties = new() { ["extra"] = extra.Clone() };
        }

        return options;
    }

    private static JsonObject Answer(ChatResponse answer)
    {
        var body = new JsonObject
        {
            ["output"] = new JsonObject
            {
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["text"] = answer.Text }) },
            },
            ["stopReason"] = answer.FinishReason == ChatFinishReason.Length ? "max_tokens"
                : answer.FinishReason == ChatFinishReason.ContentFilter ? "content_filtered"
                : "end_turn",
            ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
        };
        if (answer.Usage is { } usage)
        {
            body["usage"] = new JsonObject { ["inputTokens"] = usage.InputTokenCount, ["outputTokens"] = usage.OutputTokenCount, ["totalTokens"] = usage.TotalTokenCount };
        }

        return body;
    }
}
