namespace NovaJudge.Pipeline.Judging.ByModel;

/// <summary>Several judges as one: a pass counts for the side that more than half of the readable verdicts name.</summary>
public sealed class JudgePanel
{
    private static readonly PassVerdict[] Readable = [PassVerdict.A, PassVerdict.B, PassVerdict.Tie];
    private readonly NominalAgreement _agreement = new(Readable.Length);

    /// <summary>How far the judges agree, pass by pass, over everything decided so far.</summary>
    public PanelAgreement Agreement => new(_agreement.Items, _agreement.Observed, _agreement.Alpha);

    /// <summary>Decides one pass and notes how far the judges agree on it.</summary>
    public PassVerdict Decide(ReadOnlySpan<PassVerdict> verdicts)
    {
        Span<int> votes = stackalloc int[Readable.Length];
        Count(verdicts, votes);
        _agreement.Add(votes);
        return Majority(verdicts);
    }

    /// <summary>
    /// The verdict of more than half of the readable ones; a tie where no side has that many; unreadable where half of
    /// the panel or more could not be read, since the rest would then decide for those who did not.
    /// </summary>
    public static PassVerdict Majority(ReadOnlySpan<PassVerdict> verdicts)
    {
        Span<int> votes = stackalloc int[Readable.Length];
        var readable = Count(verdicts, votes);
        if (readable * 2 <= verdicts.Length)
        {
            return PassVerdict.Unreadable;
        }

        foreach (var verdict in Readable)
        {
            if (votes[(int)verdict] * 2 > readable)
            {
                return verdict;
            }
        }

        return PassVerdict.Tie;
    }

    private static int Count(ReadOnlySpan<PassVerdict> verdicts, Span<int> votes)
    {
        var readable = 0;
        foreach (var verdict in verdicts)
        {
            if (verdict != PassVerdict.Unreadable)
            {
                votes[(int)verdict]++;
                readable++;
            }
        }

        return readable;
    }
}

/// <param name="Passes">Passes that at least two judges could be read on.</param>
/// <param name="Observed">Share of pairs of verdicts on the same pass that agree; absent without such a pass.</param>
/// <param name="Alpha">Krippendorff's alpha: 1 perfect, 0 chance; absent where it is not defined.</param>
public sealed record PanelAgreement(int Passes, double? Observed, double? Alpha);
