namespace NovaJudge.Pipeline.Steps;

/// <summary>The one name of each step: of its class, its Lambda function's handler and its tests.</summary>
public static class StepNames
{
    public const string PlanRun = "PlanRun";
    public const string SamplePrompts = "SamplePrompts";
    public const string GenerateResponses = "GenerateResponses";
    public const string WriteJudgeDataset = "WriteJudgeDataset";
    public const string StartJudge = "StartJudge";
    public const string CompleteJudge = "CompleteJudge";
    public const string SweepJudges = "SweepJudges";
    public const string JudgeResponses = "JudgeResponses";
    public const string CollectVerdicts = "CollectVerdicts";
    public const string ComputeMetrics = "ComputeMetrics";
    public const string RenderReport = "RenderReport";
    public const string PublishSummary = "PublishSummary";
    public const string RecordFailure = "RecordFailure";
    public const string CleanUpRun = "CleanUpRun";

    /// <summary>All steps, in the order of the flow.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        PlanRun, SamplePrompts, GenerateResponses, WriteJudgeDataset, StartJudge, CompleteJudge, SweepJudges,
        JudgeResponses, CollectVerdicts, ComputeMetrics, RenderReport, PublishSummary, RecordFailure, CleanUpRun,
    ];
}
