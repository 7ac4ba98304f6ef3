using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Waiting">Tasks whose job still runs; each got a heartbeat.</param>
/// <param name="Answered">Tasks whose job had ended without its event arriving.</param>
/// <param name="Forgotten">Tasks that were over already.</param>
public sealed record SweepJudgesOutput(int Waiting, int Answered, int Forgotten);

/// <summary>
/// Looks after every waiting task now and then, since events are delivered on a best effort: a job that runs is
/// a heartbeat, one that has ended is an answer, one that is gone is a failure.
/// </summary>
public sealed class SweepJudgesStep(IObjectStore store, IJudgeJobs jobs, ITaskCallbacks tasks, TimeProvider time)
{
    /// <summary>The token is written before its job is created; until this has passed, a missing job is a job to come.</summary>
    private static readonly TimeSpan JobMayBeMissing = TimeSpan.FromMinutes(10);

    public async Task<SweepJudgesOutput> RunAsync(CancellationToken cancellationToken)
    {
        var callbacks = new JudgeCallbacks(store, tasks);
        int waitingTasks = 0, answered = 0, forgotten = 0;
        await foreach (var (key, waiting) in callbacks.ListAsync(null, cancellationToken))
        {
            var job = await jobs.FindAsync(waiting.JobName, cancellationToken);
            if (job is null && time.GetUtcNow() - waiting.WaitingSince >= JobMayBeMissing)
            {
                job = new JudgeJob(waiting.JobName, JudgeJobState.Stopped, "the job is gone");
            }

            if (job is not null && JudgeFailure.HasEnded(job.State))
            {
                await callbacks.AnswerAsync(key, waiting, job, cancellationToken);
                answered++;
            }
            else if (await tasks.HeartbeatAsync(waiting.TaskToken, cancellationToken) == CallbackAnswer.Closed)
            {
                await callbacks.ForgetAsync(key, cancellationToken);
                forgotten++;
            }
            else
            {
                waitingTasks++;
            }
        }

        return new SweepJudgesOutput(waitingTasks, answered, forgotten);
    }
}
