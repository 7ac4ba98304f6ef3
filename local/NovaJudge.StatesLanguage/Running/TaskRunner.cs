using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One attempt of a Task state.</summary>
internal static class TaskRunner
{
    private const long LongestTimeout = 99_999_999;

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
        Schedule(visit, state, parameters, timeout, heartbeat);
        // Nobody may ever call back: AWS's default time-out ends such a wait after three years.
        var patience = timeout ?? (request.TaskToken is null ? null : LongestTimeout);
        await using var attempt = new TaskAttempt(execution, request, patience, heartbeat, visit.Branch.CancellationToken);
        var (outcome, expired) = LambdaPayload.Refuse(state, parameters, RequestId(visit)) is { } refused ? new(refused, null) : await attempt.InvokeAsync();
        if (expired is not null)
        {
            return TimedOut(visit, state, expired);
        }

        if (!outcome!.IsSuccess && !attempt.IsAnswered)
        {
            return Failed(visit, state, outcome.Error, outcome.Cause);
        }

        return state.Resource.Pattern == TaskPattern.Callback
            ? await AwaitAnswerAsync(visit, state, attempt, outcome, request)
            : Succeeded(visit, state, Result(visit, state, outcome, request));
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
            Input = LambdaPayload.Of(fields!["Payload"]),
        };
    }

    private static void Schedule(StateVisit visit, TaskState state, JsonValue parameters, long? timeout, long? heartbeat)
    {
        visit.Branch.PreviousEventId = visit.Execution.Record(
            visit.Branch.PreviousEventId,
            TaskEvents.Of(state).Scheduled,
            input: parameters,
            resource: state.Resource,
            details: timeout is null && heartbeat is null ? null : new HistoryDetails { Timeout = timeout, Heartbeat = heartbeat });
        visit.Record(TaskEvents.Of(state).Started, resource: TaskEvents.Named(state));
    }

    private static async ValueTask<BranchResult> AwaitAnswerAsync(StateVisit visit, TaskState state, TaskAttempt attempt, TaskOutcome outcome, TaskRequest request)
    {
        if (outcome.IsSuccess)
        {
            visit.Record(HistoryEventType.TaskSubmitted, output: Result(visit, state, outcome, request), resource: state.Resource);
        }

        var (answer, expired) = await attempt.AnswerAsync();
        return expired is not null ? TimedOut(visit, state, expired)
            : answer!.Output is null ? Failed(visit, state, answer.Error, answer.Cause)
            : Succeeded(visit, state, answer.Output);
    }

    private static JsonValue Result(StateVisit visit, TaskState state, TaskOutcome outcome, TaskRequest request)
    {
        if (!JsonReader.TryParse(outcome.Output.Span, out var result))
        {
            throw new StateException(ErrorNames.Runtime, $"The result of the task '{state.Resource.Arn}' is not JSON");
        }

        if (result.Size > visit.Execution.Options.Limits.PayloadBytes)
        {
            throw StateVisit.TooLarge(state.Resource.Kind == TaskResourceKind.Function ? state.Resource.Arn : state.Resource.ResourceType);
        }

        if (state.Resource.Kind != TaskResourceKind.LambdaInvoke)
        {
            return result;
        }

        return LambdaAnswer.Wrap(
            result,
            RequestId(visit),
            visit.Execution.Options.Time.GetUtcNow(),
            withLog: request.Parameters.Span.IndexOf("\"LogType\":\"Tail\""u8) >= 0);
    }

    private static string RequestId(StateVisit visit) =>
        visit.Execution.Options.NewId($"request:{visit.Execution.Arn}:{visit.EnteredEventId}:{visit.RetryCount}").ToString();

    private static BranchResult Succeeded(StateVisit visit, TaskState state, JsonValue result)
    {
        visit.Record(TaskEvents.Of(state).Succeeded, output: result, resource: TaskEvents.Named(state));
        return new BranchResult(result, null);
    }

    private static BranchResult Failed(StateVisit visit, TaskState state, string? error, string? cause)
    {
        visit.Record(TaskEvents.Of(state).Failed, error: error, cause: cause, resource: TaskEvents.Named(state));
        return new BranchResult(null, new Failure(error, cause));
    }

    private static BranchResult TimedOut(StateVisit visit, TaskState state, string error)
    {
        visit.Record(TaskEvents.Of(state).TimedOut, error: error, resource: TaskEvents.Named(state));
        return new BranchResult(null, new Failure(error, null));
    }
}
