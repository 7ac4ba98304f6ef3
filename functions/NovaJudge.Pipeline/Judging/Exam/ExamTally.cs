namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>Counts how a judge did.</summary>
public sealed class ExamTally
{
    private static readonly ExamKind[] Kinds = Enum.GetValues<ExamKind>();
    private readonly int[,] _marks = new int[Kinds.Length, Enum.GetValues<ExamMark>().Length];
    private int _firstShown, _secondShown;

    /// <summary>Marks one question by the verdict on it.</summary>
    public void Add(ExamPair pair, VerdictRow verdict)
    {
        _marks[(int)pair.Kind, (int)pair.Mark(verdict.Verdict)]++;

        // Half is fair only where both orders were judged.
        if (verdict is { Forward: not (null or PassVerdict.Unreadable), Backward: not (null or PassVerdict.Unreadable) })
        {
            Note(verdict.Forward, PassVerdict.A);
            Note(verdict.Backward, PassVerdict.B);
        }

        void Note(PassVerdict? pass, PassVerdict shownFirst)
        {
            _firstShown += pass == shownFirst ? 1 : 0;
            _secondShown += pass is PassVerdict.A or PassVerdict.B && pass != shownFirst ? 1 : 0;
        }
    }

    /// <summary>The counts so far; kinds without a question are left out.</summary>
    public ExamCounts ToCounts() => new(
        [.. Kinds
            .Select(kind => new ExamKindCounts(
                kind, Of(kind, ExamMark.Right), Of(kind, ExamMark.Wrong), Of(kind, ExamMark.Undecided), Of(kind, ExamMark.Inconsistent), Of(kind, ExamMark.Unscored)))
            .Where(counts => counts.Pairs > 0)],
        _firstShown,
        _secondShown);

    private int Of(ExamKind kind, ExamMark mark) => _marks[(int)kind, (int)mark];
}

/// <param name="Kinds">Counts by kind, in the order of kinds.</param>
/// <param name="FirstShown">Passes that the answer shown first won, where both passes could be read; a judge without a favourite place gives it half of the decisive ones.</param>
/// <param name="SecondShown">Passes that the answer shown second won.</param>
public sealed record ExamCounts(IReadOnlyList<ExamKindCounts> Kinds, int FirstShown, int SecondShown);

/// <param name="Kind">What was tried.</param>
/// <param name="Right">As it should be.</param>
/// <param name="Wrong">The worse answer won, or one of two equal ones.</param>
/// <param name="Undecided">A tie where one answer is better.</param>
/// <param name="Inconsistent">The verdict changed when the answers changed places.</param>
/// <param name="Unscored">No verdict.</param>
public sealed record ExamKindCounts(ExamKind Kind, int Right, int Wrong, int Undecided, int Inconsistent, int Unscored)
{
    /// <summary>Questions asked.</summary>
    public int Pairs => Scored + Unscored;

    /// <summary>Questions with a verdict.</summary>
    public int Scored => Right + Wrong + Undecided + Inconsistent;
}
