using System.Text.Json;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Steps;

/// <param name="JobName">The job that the event was about.</param>
/// <param name="Answered">Tasks that were waiting for it.</param>
public sealed record CompleteJudgeOutput(string JobName, int Answered);

/// <summary>Answers the tasks that wait for a job, when the event of its end arrives.</summary>
public sealed class CompleteJudgeStep(IObjectStore store, IJudgeJobs jobs, ITaskCallbacks tasks)
{
    /// <param name="input">An event "SageMaker Training Job State Change".</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public async Task<CompleteJudgeOutput> RunAsync(JsonElement input, CancellationToken cancellationToken)
    {
        if (!input.TryGetProperty("detail", out var detail)
            || !detail.TryGetProperty("TrainingJobName", out var name) || name.GetString() is not { } jobName)
        {
            throw PipelineException.BadInput("$.detail.TrainingJobName: an event about a training job is expected.");
        }

        // The service's own word counts for more than an event's; the event does where the service lags behind.
        var job = await jobs.FindAsync(jobName, cancellationToken);
        if (job is null || !JudgeFailure.HasEnded(job.State))
        {
            job = new JudgeJob(jobName, State(detail), Text(detail, "FailureReason"));
        }

        var answered = JudgeFailure.HasEnded(job.State)
            ? await new JudgeCallbacks(store, tasks).AnswerAllAsync(job, cancellationToken)
            : 0;
        return new CompleteJudgeOutput(jobName, answered);
    }

    private static JudgeJobState State(JsonElement detail) => Text(detail, "TrainingJobStatus") switch
    {
        "Completed" => JudgeJobState.Completed,
        "Failed" => JudgeJobState.Failed,
        "Stopped" when Text(detail, "SecondaryStatus") == "MaxRuntimeExceeded" => JudgeJobState.TimedOut,
        "Stopped" => JudgeJobState.Stopped,
        _ => JudgeJobState.InProgress,
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
