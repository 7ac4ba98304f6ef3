using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>What a run found: the content of <c>metrics.json</c>, described by <c>metrics.schema.json</c>.</summary>
public sealed record RunMetrics
{
    /// <summary>Version of this document; raised when a field changes its meaning or goes away, not when one is added.</summary>
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required RunId RunId { get; init; }

    public required string Suite { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required ComparedModels Models { get; init; }

    public required JudgeDescription Judge { get; init; }

    public required DatasetDescription Dataset { get; init; }

    public required OutcomeMetrics Outcomes { get; init; }

    public required GenerationMetrics Generation { get; init; }

    /// <summary>The judge's own numbers, as it reported them, over both passes of all rows.</summary>
    public required NovaMetrics Nova { get; init; }

    /// <summary>Our own analysis; the unit is the prompt.</summary>
    public required AnalysisMetrics Analysis { get; init; }

    public required VerdictMetrics Verdict { get; init; }

    /// <summary>Whether B became worse than its baseline.</summary>
    public RegressionMetrics? Regression { get; init; }

    /// <summary>Whether the judge still says the same of the suite's frozen pairs; absent for a run without any.</summary>
    public AnchorMetrics? Anchors { get; init; }

    public required GateMetrics Gate { get; init; }

    /// <summary>What a reader should know before trusting the numbers; one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>The two models as people read them.</summary>
public sealed record ComparedModels(ModelDescription A, ModelDescription B);

/// <param name="Name">What people read.</param>
/// <param name="Model">The spec it was called by.</param>
/// <param name="Label">What must stand beside the name, such as <c>demo model</c>; absent otherwise.</param>
public sealed record ModelDescription(string Name, string Model, string? Label);

/// <param name="Kind">The judge's kind as in the request.</param>
/// <param name="Name">What people read.</param>
/// <param name="Disclaimer">What the judge is not, or how it scores; absent for the Nova judge.</param>
/// <param name="JobName">The job that judged; absent for a judge that is called row by row.</param>
public sealed record JudgeDescription(string Kind, string Name, string? Disclaimer, string? JobName)
{
    /// <summary>The judge's latest exam; absent when this very judge was never examined.</summary>
    public JudgeExam? Exam { get; init; }
}

/// <param name="Source">Where the prompts came from.</param>
/// <param name="Format">The format they were read as.</param>
/// <param name="Records">Usable records of the whole data set.</param>
/// <param name="UnanswerableLeftOut">Questions without an answer that took no part.</param>
/// <param name="Sampled">Prompts of this run.</param>
/// <param name="SampleMethod">How they were drawn.</param>
/// <param name="Seed">The seed they were drawn with.</param>
public sealed record DatasetDescription(
    string Source, string Format, long Records, long UnanswerableLeftOut, int Sampled, SampleMethod SampleMethod, long Seed);

/// <summary>Prompts by outcome; they add up to <see cref="Total"/>.</summary>
public sealed record OutcomeMetrics
{
    public required int Total { get; init; }

    public required int A { get; init; }

    public required int B { get; init; }

    public required int Tie { get; init; }

    public required int Inconsistent { get; init; }

    public required int Unscored { get; init; }

    public required int GenerationFailed { get; init; }

    public required int TooLongForJudge { get; init; }

    /// <summary>Prompts with a verdict: a, b, tie and inconsistent.</summary>
    public required int Scored { get; init; }

    /// <summary>Prompts that one model won.</summary>
    public required int Decisive { get; init; }

    /// <summary>Share of prompts without a verdict: unscored, generation failed, too long.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>Each outcome as a share of all prompts; absent for a run without prompts.</summary>
    public OutcomeRates? Rates => Total == 0 ? null : new(Share(A), Share(B), Share(Tie), Share(Inconsistent), Share(Unscored), Share(GenerationFailed), Share(TooLongForJudge));

    private double Share(int count) => (double)count / Total;
}

/// <summary>Shares of all prompts of a run; they add up to 1.</summary>
public sealed record OutcomeRates(double A, double B, double Tie, double Inconsistent, double Unscored, double GenerationFailed, double TooLongForJudge);

/// <summary>How the two models fared at answering.</summary>
public sealed record GenerationMetrics(SlotGeneration A, SlotGeneration B);

/// <param name="Answered">Prompts with an answer.</param>
/// <param name="Failed">Prompts without one.</param>
/// <param name="Empty">Answers without text; they are answers, and judged.</param>
/// <param name="FailuresByKind">Failed prompts by kind of failure, in the order of kinds.</param>
/// <param name="InputTokens">Tokens read, as the service counted them.</param>
/// <param name="OutputTokens">Tokens written, as the service counted them.</param>
public sealed record SlotGeneration(
    int Answered, int Failed, int Empty, IReadOnlyDictionary<string, int> FailuresByKind, long InputTokens, long OutputTokens);

/// <summary>
/// The judge's aggregates under the names of its results file. <c>*_stderr</c> are kept as reported;
/// they are not the uncertainty of the counts.
/// </summary>
public sealed record NovaMetrics
{
    [JsonPropertyName("a_scores")] public required double AScores { get; init; }

    [JsonPropertyName("a_scores_stderr")] public double? AScoresStderr { get; init; }

    [JsonPropertyName("b_scores")] public required double BScores { get; init; }

    [JsonPropertyName("b_scores_stderr")] public double? BScoresStderr { get; init; }

    [JsonPropertyName("ties")] public required double Ties { get; init; }

    [JsonPropertyName("ties_stderr")] public double? TiesStderr { get; init; }

    [JsonPropertyName("inference_error")] public required double InferenceError { get; init; }

    [JsonPropertyName("inference_error_stderr")] public double? InferenceErrorStderr { get; init; }

    [JsonPropertyName("score")] public double? Score { get; init; }

    [JsonPropertyName("score_stderr")] public double? ScoreStderr { get; init; }

    /// <summary>B's share of the passes that one answer won: b / (a + b); absent when no pass was decisive.</summary>
    [JsonPropertyName("winrate")] public double? WinRate { get; init; }

    [JsonPropertyName("lower_rate")] public double? LowerRate { get; init; }

    [JsonPropertyName("upper_rate")] public double? UpperRate { get; init; }

    /// <summary>How to read these numbers.</summary>
    [JsonPropertyName("note")] public string? Note { get; init; }
}

/// <param name="Outcome"><c>b_better</c>, <c>a_better</c>, <c>equivalent</c> or <c>inconclusive</c>.</param>
/// <param name="Reason">The rule of the decision that applied, such as <c>interval_and_sign_test</c>.</param>
/// <param name="Sentence">The verdict for people, with model names.</param>
public sealed record VerdictMetrics(string Outcome, string Reason, string Sentence)
{
    /// <summary>Why this verdict, for people: the rule with its figures, and what would change it.</summary>
    public string? Explanation { get; init; }
}

/// <param name="Status">What the gate says as a whole.</param>
/// <param name="Checks">One entry per thing that was to be checked.</param>
public sealed record GateMetrics(GateStatus Status, IReadOnlyList<GateCheck> Checks);

/// <param name="Name">What was checked, as in the request's <c>failOn</c>.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Message">Why, in one sentence.</param>
public sealed record GateCheck(string Name, GateStatus Status, string Message);
