using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline;

namespace NovaJudge.LocalAws.StepFunctions;

/// <summary>Step Functions' answers to task tokens.</summary>
internal sealed class CallbackService(ITaskCallbacks? callbacks)
{
    public async Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        using var document = JsonDocument.Parse(request.Body);
        var body = document.RootElement;
        var tasks = callbacks ?? throw new AwsErrorException(400, "TaskDoesNotExist", "No tasks wait here.");
        var token = Text(body, "taskToken") ?? throw new AwsErrorException(400, "InvalidToken", "Invalid token");
        var answer = request.Operation switch
        {
            "SendTaskSuccess" => await tasks.SucceedAsync(token, Json(Text(body, "output")), context.RequestAborted),
            "SendTaskFailure" => await tasks.FailAsync(token, Text(body, "error") ?? "", Text(body, "cause") ?? "", context.RequestAborted),
            "SendTaskHeartbeat" => await tasks.HeartbeatAsync(token, context.RequestAborted),
            var other => throw new AwsErrorException(400, "UnknownOperationException", $"{other} is not part of this stand-in."),
        };
        if (answer == CallbackAnswer.Closed)
        {
            throw new AwsErrorException(400, "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
        }

        await AwsAnswers.JsonAsync(context, new JsonObject());
    }

    private static string Json(string? output)
    {
        try
        {
            using var document = JsonDocument.Parse(output ?? "");
            return output!;
        }
        catch (JsonException)
        {
            throw new AwsErrorException(400, "InvalidOutput", "Invalid Output: the output is no JSON");
        }
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;
}
