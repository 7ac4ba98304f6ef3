using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>One question of the exam. Its prompt is in no other: verdicts find it by that.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Kind">What it tries.</param>
/// <param name="Pair">What the judge is shown.</param>
/// <param name="Better">The side that must win, or at least not lose; <c>null</c> where both are equal.</param>
/// <param name="References">The record's gold answers, for judges that need them.</param>
public sealed record ExamPair(string Id, ExamKind Kind, JudgePair Pair, ModelSlot? Better, IReadOnlyList<string> References)
{
    /// <summary>What an outcome says of the judge.</summary>
    public ExamMark Mark(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.Tie => Better is null || Kind == ExamKind.Padded ? ExamMark.Right : ExamMark.Undecided,
        PromptOutcome.A => Better == ModelSlot.A ? ExamMark.Right : ExamMark.Wrong,
        PromptOutcome.B => Better == ModelSlot.B ? ExamMark.Right : ExamMark.Wrong,
        PromptOutcome.Inconsistent => ExamMark.Inconsistent,
        _ => ExamMark.Unscored,
    };
}

/// <summary>What one question says of the judge.</summary>
public enum ExamMark
{
    Right,

    /// <summary>The worse answer won, or one of two equal ones.</summary>
    Wrong,

    /// <summary>A tie where one answer is better.</summary>
    Undecided,

    /// <summary>The verdict changed when the answers changed places.</summary>
    Inconsistent,

    /// <summary>There was no verdict.</summary>
    Unscored,
}
