namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The words of the Nova container's output: folders, files, tasks and metrics.</summary>
internal static class ArchiveNames
{
    public const string ResultsFolder = "eval_results";

    /// <summary>The judge's task, by analogy with the documented <c>custom|rubric_llm_judge_judge|0</c>.</summary>
    public const string Task = "custom|llm_judge_judge|0";

    /// <summary>The section that the evaluation library averages over all tasks; of one task it is a copy.</summary>
    public const string AllTasks = "all";

    public const string AScores = "a_scores";
    public const string BScores = "b_scores";
    public const string Ties = "ties";
    public const string InferenceError = "inference_error";
    public const string Score = "score";
    public const string WinRate = "winrate";
    public const string LowerRate = "lower_rate";
    public const string UpperRate = "upper_rate";
    public const string ForwardOutput = "forward_output";
    public const string BackwardOutput = "backward_output";

    /// <summary>Fields that only the rubric judge gives.</summary>
    public const string WeightedScoreA = "weighted_score_A";
    public const string WeightedScoreB = "weighted_score_B";
    public const string ScoreMargin = "score_margin";

    public static bool IsResults(string fileName) =>
        fileName.StartsWith("results_", StringComparison.Ordinal) && fileName.EndsWith(".json", StringComparison.Ordinal);

    public static bool IsDetails(string fileName) =>
        fileName.StartsWith("details_", StringComparison.Ordinal) && fileName.EndsWith(".parquet", StringComparison.Ordinal);
}
