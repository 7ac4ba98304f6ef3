namespace NovaJudge.Pipeline.Judging;

/// <summary>The stable error of a job that ended without a result.</summary>
public static class JudgeFailure
{
    /// <summary>Where the container of a training job writes its log.</summary>
    private const string LogGroup = "/aws/sagemaker/TrainingJobs";

    /// <summary>Error name and message.</summary>
    public static (string Error, string Message) Of(JudgeJob job)
    {
        var reason = job.Reason is { Length: > 0 } given ? given.TrimEnd().TrimEnd('.') : "no reason was given";
        var log = $"Its log, if its container ran: {LogGroup}, stream {job.JobName}/…";
        return job.State switch
        {
            JudgeJobState.Failed when job.Reason?.Contains("CapacityError", StringComparison.Ordinal) == true =>
                (ErrorNames.JudgeCapacity, $"Judge job {job.JobName} found no instance: {reason}. {log}"),
            JudgeJobState.Failed => (ErrorNames.JudgeFailed, $"Judge job {job.JobName} failed: {reason}. {log}"),
            JudgeJobState.TimedOut => (ErrorNames.JudgeTimedOut, $"Judge job {job.JobName} reached its longest run time{(job.Reason is { Length: > 0 } ? $" ({reason})" : "")}; raise judge.maxRuntimeMinutes. {log}"),
            _ => (ErrorNames.JudgeStopped, $"Judge job {job.JobName} was stopped: {reason}. {log}"),
        };
    }

    /// <summary>Whether a job has ended, well or badly.</summary>
    public static bool HasEnded(JudgeJobState state) => state is not (JudgeJobState.InProgress or JudgeJobState.Stopping);
}
