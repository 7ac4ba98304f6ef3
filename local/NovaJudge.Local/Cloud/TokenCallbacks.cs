using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.Local.Cloud;

/// <summary>Answers the tasks of the interpreter by their tokens.</summary>
internal sealed class TokenCallbacks(TaskTokens tokens) : ITaskCallbacks
{
    public Task<CallbackAnswer> SucceedAsync(string taskToken, string outputJson, CancellationToken cancellationToken) =>
        Answer(tokens.SendTaskSuccess(taskToken, Encoding.UTF8.GetBytes(outputJson)));

    public Task<CallbackAnswer> FailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) =>
        Answer(tokens.SendTaskFailure(taskToken, error, cause));

    public Task<CallbackAnswer> HeartbeatAsync(string taskToken, CancellationToken cancellationToken) =>
        Answer(tokens.SendTaskHeartbeat(taskToken));

    private static Task<CallbackAnswer> Answer(TokenAnswer answer) => Task.FromResult(answer switch
    {
        TokenAnswer.Accepted => CallbackAnswer.Accepted,
        TokenAnswer.InvalidOutput => throw new InvalidOperationException("The output of a task was not JSON."),
        _ => CallbackAnswer.Closed,
    });
}
