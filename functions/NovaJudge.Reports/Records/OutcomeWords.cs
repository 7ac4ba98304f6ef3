using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Records;

/// <summary>How outcomes are written in files and said to people.</summary>
internal static class OutcomeWords
{
    /// <summary>All outcomes in the order in which people read them.</summary>
    public static IReadOnlyList<PromptOutcome> Order { get; } =
    [
        PromptOutcome.A, PromptOutcome.B, PromptOutcome.Tie, PromptOutcome.Inconsistent,
        PromptOutcome.Unscored, PromptOutcome.GenerationFailed, PromptOutcome.TooLongForJudge,
    ];

    /// <summary>The word of <c>verdicts.jsonl</c>.</summary>
    public static string Code(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => "a",
        PromptOutcome.B => "b",
        PromptOutcome.Tie => "tie",
        PromptOutcome.Inconsistent => "inconsistent",
        PromptOutcome.Unscored => "unscored",
        PromptOutcome.GenerationFailed => "generationFailed",
        PromptOutcome.TooLongForJudge => "tooLongForJudge",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>The word of <c>verdicts.jsonl</c>; empty when the judge never saw the prompt.</summary>
    public static string Code(PassVerdict? verdict) => verdict switch
    {
        null => "",
        PassVerdict.A => "a",
        PassVerdict.B => "b",
        PassVerdict.Tie => "tie",
        PassVerdict.Unreadable => "unreadable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    public static string Label(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => "A won",
        PromptOutcome.B => "B won",
        PromptOutcome.Tie => "Tie",
        PromptOutcome.Inconsistent => "Inconsistent",
        PromptOutcome.Unscored => "Unscored",
        PromptOutcome.GenerationFailed => "No answer",
        PromptOutcome.TooLongForJudge => "Too long for the judge",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static string Label(PassVerdict verdict) => verdict switch
    {
        PassVerdict.A => "A won",
        PassVerdict.B => "B won",
        PassVerdict.Tie => "Tie",
        PassVerdict.Unreadable => "Unreadable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    /// <summary>The run's outcome (<c>b_better</c> …) as a short label.</summary>
    public static string Run(string outcome) => outcome switch
    {
        "b_better" => "B is better",
        "a_better" => "A is better",
        "equivalent" => "As good as equal",
        _ => "Inconclusive",
    };

    /// <summary>Why a run has its verdict: the explanation with its figures where there is one, otherwise the rule that applied, in words.</summary>
    public static string Why(VerdictMetrics verdict) => verdict.Explanation is { Length: > 0 } explanation ? explanation : verdict.Reason switch
    {
        "too_many_errors" => "Too many prompts have no verdict, so no winner is named.",
        "too_few_scored" => "Uncertainty needs at least two scored prompts.",
        "within_margin" => "The interval of B's score lies within the margin around 50% that counts as equal.",
        "interval_and_sign_test" => "The interval of B's score excludes 50%, and the exact sign test agrees.",
        "sign_test_undecided" => "The interval of B's score excludes 50%, but the exact sign test does not reject.",
        "interval_contains_half" => "The interval of B's score contains 50%.",
        var other => other,
    };

    public static string Gate(GateStatus status) => status switch
    {
        GateStatus.Passed => "passed",
        GateStatus.Failed => "failed",
        GateStatus.NotChecked => "not checked",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
