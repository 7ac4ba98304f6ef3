namespace NovaJudge.Pipeline.Judging;

/// <summary>The stable error of a job that ended without a result.</summary>
public static class JudgeFailure
{
    /// <summary>Where the container of a training job writes its log.</summary>
    private const string LogGroup = "/aws/sagemaker/TrainingJobs";

    /// <summary>Error name and message.</summary>
    public static (string Error, string Message) Of(JudgeJob job)
    {
        var reason = job.Reason is { Length: > 0 } given ? given : "no reason was given";
        return job.State switch
        {
            JudgeJobState.Failed when job.Reason?.Contains("CapacityError", StringComparison.Ordinal) == true =>
                (ErrorNames.JudgeCapacity, $"Judge job {job.JobName} found no instance: {reason}."),
            JudgeJobState.Failed => (ErrorNames.JudgeFailed, $"Judge job {job.JobName} failed: {reason} Its log: {LogGroup}, stream {job.JobName}/…"),
            JudgeJobState.TimedOut => (ErrorNames.JudgeTimedOut, $"Judge job {job.JobName} reached its longest run time; raise judge.maxRuntimeMinutes."),
            _ => (ErrorNames.JudgeStopped, $"Judge job {job.JobName} was stopped: {reason}."),
        };
    }

    /// <summary>Whether a job has ended, well or badly.</summary>
    public static bool HasEnded(JudgeJobState state) => state is not (JudgeJobState.InProgress or JudgeJobState.Stopping);
}
