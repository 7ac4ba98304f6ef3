using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging;

/// <summary>A job of the judge to start.</summary>
/// <param name="JobName">Unique in the account and region, at most 63 characters.</param>
/// <param name="RunId">The run whose pairs are judged.</param>
/// <param name="Judge">Which judge, on what instance, for how long at most.</param>
/// <param name="ExecutionId">The execution that pays for it; a tag of the job.</param>
public sealed record JudgeJobRequest(string JobName, RunId RunId, JudgeSettings Judge, string ExecutionId);

/// <summary>A job of the judge as it stands.</summary>
/// <param name="JobName">Its name.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why it failed or stopped, in the service's words; <c>null</c> otherwise.</param>
/// <param name="BillableSeconds">What is charged for it, once known.</param>
/// <param name="Image">The container image it runs, with its digest where known.</param>
public sealed record JudgeJob(string JobName, JudgeJobState State, string? Reason = null, int? BillableSeconds = null, string? Image = null);

/// <summary>The life of a judge's job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JudgeJobState>))]
public enum JudgeJobState
{
    InProgress,
    Stopping,
    Completed,
    Failed,
    Stopped,

    /// <summary>Stopped by the service because it reached its longest run time.</summary>
    TimedOut,
}
