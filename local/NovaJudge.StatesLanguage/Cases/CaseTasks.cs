using System.Collections.Concurrent;
using System.Globalization;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Tasks;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.StatesLanguage.Cases;

/// <summary>Answers tasks from a case's list of outcomes: one per invocation, the last one again and again.</summary>
internal sealed class CaseTasks(JsonObject tasks, TimeProvider time) : ITaskIntegration
{
    private readonly ConcurrentDictionary<string, int> _used = new(StringComparer.Ordinal);

    /// <summary>Where the callbacks of waiting tasks go.</summary>
    public TaskTokens Tokens { private get; set; } = new();

    public async ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var function = request.FunctionName;
        if (Next([request.StateName, request.Resource]) is { } answer)
        {
            await DelayAsync(answer, cancellationToken);
            return request.TaskToken is { } token ? AnswerToken(token, answer, request) : Outcome(answer, request);
        }

        if (Next([function, PlainName(function)]) is { } outcome)
        {
            await DelayAsync(outcome, cancellationToken);
            return Outcome(outcome, request);
        }

        return function is not null ? TaskOutcome.Failed("Lambda.ResourceNotFoundException", NotFound(request, function))
            : request.TaskToken is not null ? TaskOutcome.Succeeded("{}"u8.ToArray())
            : TaskOutcome.Failed("States.TaskFailed", $"The case has no outcome for the state '{request.StateName}' or the resource '{request.Resource}'");
    }

    private static TaskOutcome Outcome(JsonObject outcome, TaskRequest request)
    {
        if (outcome.TryGet("error", out var error))
        {
            var (name, cause) = ((error as JsonString)?.Text, Text(outcome, "cause"));
            return TaskOutcome.Failed(name, request.FunctionName is null || IsServiceError(name) ? cause : FunctionError(request, name, cause ?? ""));
        }

        return TaskOutcome.Succeeded(Result(outcome, request));
    }

    /// <summary>What Lambda or Step Functions report themselves comes with a plain text, not with a function's JSON.</summary>
    private static bool IsServiceError(string? error) =>
        error is not null && (error.StartsWith("Lambda.", StringComparison.Ordinal) || error.StartsWith("States.", StringComparison.Ordinal));

    /// <summary>Of a state that waits for a callback, the outcome is what the callback says.</summary>
    private TaskOutcome AnswerToken(string token, JsonObject outcome, TaskRequest request)
    {
        _ = outcome.TryGet("error", out var error)
            ? Tokens.SendTaskFailure(token, (error as JsonString)?.Text, Text(outcome, "cause"))
            : Tokens.SendTaskSuccess(token, Result(outcome, request));
        return TaskOutcome.Succeeded("{}"u8.ToArray());
    }

    private static ReadOnlyMemory<byte> Result(JsonObject outcome, TaskRequest request) =>
        outcome["echo"] is { Kind: JsonKind.True } ? request.Input : (outcome["return"] ?? JsonValue.Null).ToUtf8();

    private static string? Text(JsonObject json, string name) => (json[name] as JsonString)?.Text;

    private JsonObject? Next(ReadOnlySpan<string?> keys)
    {
        foreach (var key in keys)
        {
            if (key is not null && tasks[key] is JsonArray { Count: > 0 } outcomes)
            {
                var used = _used.AddOrUpdate(key, 1, static (_, count) => count + 1);
                return outcomes[Math.Min(used, outcomes.Count) - 1] as JsonObject ?? JsonObject.Empty;
            }
        }

        return null;
    }

    private async ValueTask DelayAsync(JsonObject outcome, CancellationToken cancellationToken)
    {
        if (outcome["delaySeconds"] is JsonNumber seconds)
        {
            var delay = TimeSpan.FromSeconds(Math.Clamp(seconds.ToDouble(), 0, 1e9));
            await (time is VirtualTime clock ? clock.DelayAsync(delay, cancellationToken) : Task.Delay(delay, time, cancellationToken));
        }
    }

    /// <summary>A function's name without ARN and version.</summary>
    private static string? PlainName(string? function)
    {
        var at = function?.IndexOf(":function:", StringComparison.Ordinal) ?? -1;
        return (at < 0 ? function : function![(at + ":function:".Length)..])?.Split(':')[0];
    }

    private static string NotFound(TaskRequest request, string function)
    {
        var account = request.ExecutionArn.Split(':') is { Length: > 5 } parts ? $"{parts[3]}:{parts[4]}" : "us-east-1:123456789012";
        var arn = function.StartsWith("arn:", StringComparison.Ordinal) ? function : $"arn:aws:lambda:{account}:function:{function}";
        return string.Create(CultureInfo.InvariantCulture, $"Function not found: {arn} (Service: Lambda, Status Code: 404, Request ID: {RequestId(request)})");
    }

    private static string FunctionError(TaskRequest request, string? error, string message) => new JsonObjectBuilder(4)
        .Set("errorMessage", message)
        .Set("errorType", error)
        .Set("requestId", RequestId(request))
        .Set("stackTrace", JsonArray.Empty)
        .Build()
        .ToString();

    private static string RequestId(TaskRequest request) => DerivedId.Of($"{request.ExecutionArn}:{request.StateName}:{request.RetryCount}").ToString();
}
