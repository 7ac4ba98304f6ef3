using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>What is kept of an archive's row: a few bytes.</summary>
/// <param name="Forward">The forward label; <c>null</c> when it is not of the table.</param>
/// <param name="Backward">The backward label as it stands, not turned; <c>null</c> when it is not of the table.</param>
/// <param name="HasLabels">Whether the row holds any label at all.</param>
/// <param name="Scores">The row's own count of wins.</param>
internal readonly record struct ArchiveRow(PassVerdict? Forward, PassVerdict? Backward, bool HasLabels, RowScores Scores)
{
    public static ArchiveRow Of(RowMetrics metrics)
    {
        var scores = RowScores.Of(metrics);
        return new ArchiveRow(
            Label(metrics.ForwardOutput, scores),
            Label(metrics.BackwardOutput, scores),
            metrics.ForwardOutput is not null || metrics.BackwardOutput is not null,
            scores);
    }

    /// <summary>The backward verdict in terms of the models.</summary>
    public PassVerdict? BackwardBy(VerdictSource orientation) =>
        Backward is { } label && orientation == VerdictSource.LabelsAsShown ? JudgeLabels.Turn(label) : Backward;

    /// <summary>Whether the row's own count of wins says the same as its labels under that orientation.</summary>
    public bool Contradicts(VerdictSource orientation)
    {
        if (!Scores.Known || Forward is not { } forward || BackwardBy(orientation) is not { } backward)
        {
            return false;
        }

        return Scores.A != Count(PassVerdict.A) || Scores.B != Count(PassVerdict.B);

        int Count(PassVerdict verdict) => (forward == verdict ? 1 : 0) + (backward == verdict ? 1 : 0);
    }

    /// <summary>A strange output that the judge itself counted as an error is unreadable, not unknown.</summary>
    private static PassVerdict? Label(string? raw, RowScores scores) =>
        JudgeLabels.TryRead(raw) ?? (scores.Errors > 0 ? PassVerdict.Unreadable : null);
}

/// <summary>A row's own counts over its two passes; <see cref="Known"/> is false when they are missing or no counts of two passes.</summary>
internal readonly record struct RowScores(bool Known, byte A, byte B, byte Ties, byte Errors)
{
    public static RowScores Of(RowMetrics metrics)
    {
        if (metrics.AScores is null || metrics.BScores is null)
        {
            return new RowScores(false, 0, 0, 0, Whole(metrics.InferenceError) ?? 0);
        }

        return (Whole(metrics.AScores), Whole(metrics.BScores), Whole(metrics.Ties), Whole(metrics.InferenceError)) is ({ } a, { } b, { } ties, { } errors)
            && a + b + ties + errors <= 2
                ? new RowScores(true, a, b, ties, errors)
                : default;
    }

    /// <summary>The prompt's outcome, as far as counts can tell.</summary>
    public PromptOutcome Outcome => this switch
    {
        { Known: false } or { Errors: > 0 } => PromptOutcome.Unscored,
        { A: 2 } => PromptOutcome.A,
        { B: 2 } => PromptOutcome.B,
        { Ties: 2 } => PromptOutcome.Tie,
        _ => A + B + Ties == 2 ? PromptOutcome.Inconsistent : PromptOutcome.Unscored,
    };

    private static byte? Whole(double? count) => count switch
    {
        null => 0,
        >= 0 and <= 2 when double.IsInteger(count.Value) => (byte)count.Value,
        _ => null,
    };
}
