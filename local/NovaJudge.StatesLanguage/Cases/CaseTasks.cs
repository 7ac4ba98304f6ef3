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

    public async ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var function = request.FunctionName;
        if (Next([request.StateName, function, PlainName(function), request.Resource]) is not { } outcome)
        {
            return function is null
                ? TaskOutcome.Failed("States.TaskFailed", $"The case has no outcome for the state '{request.StateName}' or the resource '{request.Resource}'")
                : TaskOutcome.Failed("Lambda.ResourceNotFoundException", NotFound(request, function));
        }

        if (outcome["delaySeconds"] is JsonNumber delay)
        {
            await DelayAsync(TimeSpan.FromSeconds(delay.ToDouble()), cancellationToken);
        }

        if (outcome["error"] is JsonString error)
        {
            var cause = (outcome["cause"] as JsonString)?.Text;
            return TaskOutcome.Failed(error.Text, function is null ? cause : FunctionError(request, error.Text, cause ?? ""));
        }

        return outcome["echo"] is { Kind: JsonKind.True }
            ? TaskOutcome.Succeeded(request.Input)
            : TaskOutcome.Succeeded((outcome["return"] ?? JsonValue.Null).ToUtf8());
    }

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

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        time is VirtualTime clock ? clock.DelayAsync(delay, cancellationToken) : Task.Delay(delay, time, cancellationToken);

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

    private static string FunctionError(TaskRequest request, string error, string message) => new JsonObjectBuilder(4)
        .Set("errorMessage", message)
        .Set("errorType", error)
        .Set("requestId", RequestId(request))
        .Set("stackTrace", JsonArray.Empty)
        .Build()
        .ToString();

    private static string RequestId(TaskRequest request) => DerivedId.Of($"{request.ExecutionArn}:{request.StateName}:{request.RetryCount}").ToString();
}
