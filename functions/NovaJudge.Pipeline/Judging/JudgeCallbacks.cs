using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging;

/// <summary>
/// Remembers which tasks wait for which job and answers them once it has ended. Answering twice does no harm:
/// every retry of the waiting state has a token of its own, and events come late, twice or never.
/// </summary>
public sealed class JudgeCallbacks(IObjectStore store, ITaskCallbacks tasks)
{
    /// <summary>Notes that a task waits; done before the job is created, whose event could otherwise come first.</summary>
    public Task RememberAsync(WaitingJudge waiting, CancellationToken cancellationToken) =>
        store.WriteDocumentAsync(RunKeys.Callback(waiting.JobName, waiting.TaskToken), waiting, PipelineJson.Documents.WaitingJudge, cancellationToken);

    /// <summary>Every task that waits for the job, or for any job when none is named.</summary>
    public async IAsyncEnumerable<(ObjectKey Key, WaitingJudge Waiting)> ListAsync(
        string? jobName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in store.ListAsync(jobName is null ? RunKeys.CallbacksPrefix : $"{RunKeys.CallbacksPrefix}{jobName}/", cancellationToken))
        {
            // It may have been answered, and deleted, since the list was made.
            if (await store.FindDocumentAsync(info.Key, PipelineJson.Documents.WaitingJudge, cancellationToken) is { } waiting)
            {
                yield return (info.Key, waiting);
            }
        }
    }

    /// <summary>Answers every task that waits for a job that has ended; returns how many there were.</summary>
    public async Task<int> AnswerAllAsync(JudgeJob job, CancellationToken cancellationToken)
    {
        var answered = 0;
        await foreach (var (key, waiting) in ListAsync(job.JobName, cancellationToken))
        {
            await AnswerAsync(key, waiting, job, cancellationToken);
            answered++;
        }

        return answered;
    }

    /// <summary>Answers one task and forgets it.</summary>
    public async Task AnswerAsync(ObjectKey key, WaitingJudge waiting, JudgeJob job, CancellationToken cancellationToken)
    {
        if (job.State == JudgeJobState.Completed)
        {
            var result = JsonSerializer.Serialize(new JudgeResult(job.JobName, job.BillableSeconds), PipelineJson.Rows.JudgeResult);
            await tasks.SucceedAsync(waiting.TaskToken, result, cancellationToken);
        }
        else
        {
            var (error, message) = JudgeFailure.Of(job);
            await tasks.FailAsync(waiting.TaskToken, error, message, cancellationToken);
        }

        await store.DeleteAsync(key, cancellationToken);
    }

    /// <summary>Forgets one task without answering it.</summary>
    public Task ForgetAsync(ObjectKey key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);
}
