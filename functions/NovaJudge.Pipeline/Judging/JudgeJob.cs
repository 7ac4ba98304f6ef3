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
public sealed record JudgeJob(string JobName, JudgeJobState State, string? Reason = null, int? BillableSeconds = null, string? Image = null)
{
    /// <summary>What it runs on; absent where nobody is paid for it.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Where it runs.</summary>
    public string? Region { get; init; }
}

/// <summary>Where a judge's job would run.</summary>
/// <param name="InstanceType">Type of the instance.</param>
/// <param name="Region">The region.</param>
public sealed record JudgeInstance(string InstanceType, string Region);

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
