using Amazon.Runtime;
using NovaJudge.Pipeline;

namespace NovaJudge.Aws.StepFunctions;

/// <summary>Answers the tasks of a state machine that wait for a token.</summary>
public sealed class StepFunctionsCallbacks(AmazonStepFunctionsClient client) : ITaskCallbacks
{
    private const int LongestError = 256;
    private const int LongestCause = 32_768;

    public Task<CallbackAnswer> SucceedAsync(string taskToken, string outputJson, CancellationToken cancellationToken) =>
        AnswerAsync(client.SendTaskSuccessAsync(new SendTaskSuccessRequest(taskToken, outputJson), cancellationToken));

    public Task<CallbackAnswer> FailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) =>
        AnswerAsync(client.SendTaskFailureAsync(
            new SendTaskFailureRequest(taskToken, Shorten(error, LongestError), Shorten(cause, LongestCause)), cancellationToken));

    public Task<CallbackAnswer> HeartbeatAsync(string taskToken, CancellationToken cancellationToken) =>
        AnswerAsync(client.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest(taskToken), cancellationToken));

    // Both codes also stand for an answer of ours that arrived although its receipt did not.
    private static async Task<CallbackAnswer> AnswerAsync(Task call)
    {
        try
        {
            await call;
            return CallbackAnswer.Accepted;
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is "TaskTimedOut" or "TaskDoesNotExist")
        {
            return CallbackAnswer.Closed;
        }
    }

    private static string Shorten(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
