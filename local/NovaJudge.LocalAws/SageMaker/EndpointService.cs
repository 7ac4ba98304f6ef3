using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.LocalAws.SageMaker;

/// <summary>SageMaker Runtime's InvokeEndpoint, with containers that speak the chat schema of vLLM and LMI.</summary>
internal sealed class EndpointService(Func<string, IChatClient?> endpoints)
{
    private static readonly HashSet<string> Known = ["messages", "max_tokens", "temperature", "top_p", "seed", "stop"];

    public async Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        if (request.Method != "POST" || request.Path.Split('/') is not ["", "endpoints", var encoded, "invocations"])
        {
            throw new AwsErrorException(404, "UnknownOperationException", $"{request.Method} {request.Path} is not part of this stand-in.");
        }

        var name = Uri.UnescapeDataString(encoded);
        var model = endpoints(name) ?? throw new AwsErrorException(400, "ValidationError", $"Endpoint {name} of account not found.");
        using var body = JsonDocument.Parse(request.Body);
        try
        {
            var answer = await model.GetResponseAsync(Messages(body.RootElement), Options(body.RootElement), context.RequestAborted);
            context.Response.Headers["x-Amzn-Invoked-Production-Variant"] = "AllTraffic";
            await AwsAnswers.JsonAsync(context, Answer(answer));
        }
        catch (ModelException failure)
        {
            throw ModelErrors.OfEndpoint(failure, name);
        }
    }

    private static IEnumerable<ChatMessage> Messages(JsonElement body) => body.GetProperty("messages").EnumerateArray()
        .Select(message => new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString()));

    private static ChatOptions Options(JsonElement body) => new()
    {
        AdditionalProperties = Extra(body) is { } extra ? new() { ["extra"] = extra } : null,
        MaxOutputTokens = body.TryGetProperty("max_tokens", out var tokens) ? tokens.GetInt32() : null,
        Temperature = body.TryGetProperty("temperature", out var temperature) ? temperature.GetSingle() : null,
        TopP = body.TryGetProperty("top_p", out var topP) ? topP.GetSingle() : null,
        Seed = body.TryGetProperty("seed", out var seed) ? seed.GetInt64() : null,
        StopSequences = body.TryGetProperty("stop", out var stop) ? [.. stop.EnumerateArray().Select(text => text.GetString()!)] : null,
    };

    /// <summary>Fields that only the container knows.</summary>
    private static JsonElement? Extra(JsonElement body)
    {
        var fields = new JsonObject(body.EnumerateObject().Where(field => !Known.Contains(field.Name)).Select(field => KeyValuePair.Create(field.Name, JsonNode.Parse(field.Value.GetRawText()))));
        return fields.Count == 0 ? null : JsonElement.Parse(fields.ToJsonString());
    }

    private static JsonObject Answer(ChatResponse answer)
    {
        var body = new JsonObject
        {
            ["id"] = "chatcmpl-local",
            ["object"] = "chat.completion",
            ["created"] = 0,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text },
                ["finish_reason"] = answer.FinishReason?.Value,
            }),
        };
        if (answer.Usage is { } usage)
        {
            body["usage"] = new JsonObject { ["prompt_tokens"] = usage.InputTokenCount, ["completion_tokens"] = usage.OutputTokenCount, ["total_tokens"] = usage.TotalTokenCount };
        }

        return body;
    }
}
