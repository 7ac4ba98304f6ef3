using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging;

/// <summary>A task that waits for a job of the judge: the content of <c>callbacks/{job}/{hash}.json</c>. Holds a secret; never logged.</summary>
/// <param name="RunId">The run that waits.</param>
/// <param name="JobName">The job it waits for.</param>
/// <param name="TaskToken">The key to the waiting task.</param>
/// <param name="WaitingSince">When the task began to wait.</param>
public sealed record WaitingJudge(RunId RunId, string JobName, string TaskToken, DateTimeOffset WaitingSince);

/// <summary>What the waiting task gets when the judge is done.</summary>
/// <param name="JobName">The job that judged.</param>
/// <param name="BillableSeconds">What is charged for it, where known.</param>
public sealed record JudgeResult(string JobName, int? BillableSeconds);
