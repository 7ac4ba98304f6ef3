using System.Text;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One attempt of a Task state.</summary>
internal static class TaskRunner
{
    public static async ValueTask<BranchResult> AttemptAsync(StateVisit visit, TaskState state)
    {
        var execution = visit.Execution;
        if (state.Resource.Pattern == TaskPattern.Callback)
        {
            // Every attempt has a token of its own: late answers to an earlier one are told that it has ended.
            visit.TaskToken = TaskTokens.Create(execution.Options.NewId($"token:{execution.Arn}:{visit.EnteredEventId}:{visit.RetryCount}"));
        }

        var input = visit.Select(state.InputPath, visit.RawInput);
        var parameters = visit.Fill(state.Parameters, input);
        var timeout = NumberReader.Integer(visit, state.Timeout, input);
        var heartbeat = NumberReader.Integer(visit, state.Heartbeat, input);
        if (parameters.Size > execution.Options.Limits.PayloadBytes)
        {
            throw StateVisit.TooLarge(state.Resource.Arn);
        }

        var request = Request(visit, state, parameters);
        var isFunction = state.Resource.Kind == TaskResourceKind.Function;
        Schedule(visit, state, parameters, timeout, heartbeat, isFunction);
        await using var attempt = new TaskAttempt(execution, request, visit.Branch.CancellationToken);
        if (request.TaskToken is { } token)
        {
            execution.Interpreter.Tokens.Add(token, attempt);
        }

        attempt.Arm(timeout, heartbeat);
        var (outcome, expired) = await attempt.InvokeAsync();
        if (expired is not null)
        {
            return TimedOut(visit, state, expired, isFunction);
        }

        if (!outcome!.IsSuccess && !attempt.IsAnswered)
        {
            return Failed(visit, state, outcome.Error, outcome.Cause, isFunction);
        }

        return state.Resource.Pattern == TaskPattern.Callback
            ? await AwaitAnswerAsync(visit, state, attempt, outcome, request)
            : Succeeded(visit, state, Result(visit, state, outcome, request), isFunction);
    }

    private static TaskRequest Request(StateVisit visit, TaskState state, JsonValue parameters)
    {
        var json = parameters.ToUtf8();
        var request = new TaskRequest
        {
            Resource = state.Resource.Arn,
            Input = json,
            Parameters = json,
            FunctionName = state.Resource.Kind == TaskResourceKind.Function ? state.Resource.Arn : null,
            TaskToken = visit.TaskToken,
            StateName = state.Name,
            ExecutionArn = visit.Execution.Arn,
            RetryCount = visit.RetryCount,
        };
        if (state.Resource.Kind != TaskResourceKind.LambdaInvoke)
        {
            return request;
        }

        var fields = parameters as JsonObject;
        return request with
        {
            FunctionName = (fields?["FunctionName"] as JsonString)?.Text
                ?? throw new StateException(ErrorNames.Runtime, "The required parameter 'FunctionName' is missing or not a string"),
            Input = fields!["Payload"] switch
            {
                // AWS hands a string on as it is: the function receives the JSON the string holds.
                JsonString text => Encoding.UTF8.GetBytes(text.Text),
                null or { Kind: JsonKind.Null } => "{}"u8.ToArray(),
                { } payload => payload.ToUtf8(),
            },
        };
    }

    private static void Schedule(StateVisit visit, TaskState state, JsonValue parameters, long? timeout, long? heartbeat, bool isFunction)
    {
        visit.Branch.PreviousEventId = visit.Execution.Record(
            visit.Branch.PreviousEventId,
            isFunction ? HistoryEventType.LambdaFunctionScheduled : HistoryEventType.TaskScheduled,
            input: parameters,
            resource: state.Resource,
            timeout: timeout,
            heartbeat: heartbeat);
        visit.Record(isFunction ? HistoryEventType.LambdaFunctionStarted : HistoryEventType.TaskStarted, resource: isFunction ? null : state.Resource);
    }

    private static async ValueTask<BranchResult> AwaitAnswerAsync(StateVisit visit, TaskState state, TaskAttempt attempt, TaskOutcome outcome, TaskRequest request)
    {
        if (outcome.IsSuccess)
        {
            visit.Record(HistoryEventType.TaskSubmitted, output: Result(visit, state, outcome, request), resource: state.Resource);
        }

        var (output, error, cause, expired) = await attempt.AnswerAsync();
        return expired is not null ? TimedOut(visit, state, expired, isFunction: false)
            : output is null ? Failed(visit, state, error, cause, isFunction: false)
            : Succeeded(visit, state, output, isFunction: false);
    }

    private static JsonValue Result(StateVisit visit, TaskState state, TaskOutcome outcome, TaskRequest request)
    {
        if (!JsonReader.TryParse(outcome.Output.Span, out var result))
        {
            throw new StateException(ErrorNames.Runtime, $"The result of the task '{state.Resource.Arn}' is not JSON");
        }

        if (result.Size > visit.Execution.Options.Limits.PayloadBytes)
        {
            throw StateVisit.TooLarge(request.FunctionName ?? state.Resource.Arn);
        }

        if (state.Resource.Kind != TaskResourceKind.LambdaInvoke)
        {
            return result;
        }

        var options = visit.Execution.Options;
        var requestId = options.NewId($"request:{visit.Execution.Arn}:{visit.EnteredEventId}:{visit.RetryCount}").ToString();
        return LambdaAnswer.Wrap(result, requestId, options.Time.GetUtcNow(), withLog: request.Parameters.Span.IndexOf("\"LogType\":\"Tail\""u8) >= 0);
    }

    private static BranchResult Succeeded(StateVisit visit, TaskState state, JsonValue result, bool isFunction)
    {
        visit.Record(isFunction ? HistoryEventType.LambdaFunctionSucceeded : HistoryEventType.TaskSucceeded, output: result, resource: isFunction ? null : state.Resource);
        return new BranchResult(result, null);
    }

    private static BranchResult Failed(StateVisit visit, TaskState state, string? error, string? cause, bool isFunction)
    {
        visit.Record(isFunction ? HistoryEventType.LambdaFunctionFailed : HistoryEventType.TaskFailed, error: error, cause: cause, resource: isFunction ? null : state.Resource);
        return new BranchResult(null, new Failure(error, cause));
    }

    private static BranchResult TimedOut(StateVisit visit, TaskState state, string error, bool isFunction)
    {
        visit.Record(isFunction ? HistoryEventType.LambdaFunctionTimedOut : HistoryEventType.TaskTimedOut, error: error, resource: isFunction ? null : state.Resource);
        return new BranchResult(null, new Failure(error, null));
    }
}
