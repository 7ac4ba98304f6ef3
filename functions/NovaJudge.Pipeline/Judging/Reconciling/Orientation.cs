using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>
/// Finds out what the labels of the backward pass mean, since that is documented nowhere: the right reading is the one
/// under which the labels add up to the reported wins and ties. Errors are left out of the sum: how they are counted is
/// not documented either, and public examples show fewer than two judgements a row.
/// </summary>
internal static class Orientation
{
    private static readonly VerdictSource[] Readings = [VerdictSource.LabelsAsShown, VerdictSource.LabelsAsNamed];

    /// <summary>The one reading that fits, or <c>null</c> with a warning when none or several do.</summary>
    public static VerdictSource? Find(NovaMetrics aggregates, IReadOnlyList<ArchiveRow> rows, List<string> warnings)
    {
        var fitting = rows.Any(row => row.HasLabels)
            ? Readings.Where(reading => Fits(aggregates, Count(rows, reading))).ToList()
            : [];

        // Several fit when the backward pass favours both sides equally often. The rows' own counts can tell them apart.
        var ambiguous = fitting.Count > 1;
        if (ambiguous)
        {
            fitting = rows.All(row => row.Backward is not (PassVerdict.A or PassVerdict.B))
                ? [VerdictSource.LabelsAsShown]
                : [.. fitting.Where(reading => !rows.Any(row => row.Contradicts(reading)))];
        }

        if (fitting.Count == 1)
        {
            WarnOfErrors(aggregates, rows, warnings);
            return fitting[0];
        }

        if (rows.Any(row => row.Scores.Known) && Fits(aggregates, CountScores(rows)))
        {
            warnings.Add("The judge's labels are missing or in doubt; the verdicts are read from each row's count of wins.");
            return VerdictSource.RowScores;
        }

        warnings.Add(ambiguous
            ? "The labels of the backward pass can be read in two ways that both agree with the judge's aggregates."
            : $"The labels of the rows do not add up to the judge's aggregates ({aggregates.AScores} for A, {aggregates.BScores} for B, {aggregates.Ties} ties) in any reading.");
        return null;
    }

    private static bool Fits(NovaMetrics aggregates, (int A, int B, int Ties) counts) =>
        Near(aggregates.AScores, counts.A) && Near(aggregates.BScores, counts.B) && Near(aggregates.Ties, counts.Ties);

    private static bool Near(double reported, int counted) => Math.Abs(reported - counted) < 0.5;

    private static (int A, int B, int Ties) Count(IReadOnlyList<ArchiveRow> rows, VerdictSource reading)
    {
        var (a, b, ties) = (0, 0, 0);
        foreach (var row in rows)
        {
            Add(row.Forward);
            Add(row.BackwardBy(reading));
        }

        return (a, b, ties);

        void Add(PassVerdict? verdict)
        {
            a += verdict == PassVerdict.A ? 1 : 0;
            b += verdict == PassVerdict.B ? 1 : 0;
            ties += verdict == PassVerdict.Tie ? 1 : 0;
        }
    }

    private static (int A, int B, int Ties) CountScores(IReadOnlyList<ArchiveRow> rows) =>
        (rows.Sum(row => row.Scores.A), rows.Sum(row => row.Scores.B), rows.Sum(row => row.Scores.Ties));

    private static void WarnOfErrors(NovaMetrics aggregates, IReadOnlyList<ArchiveRow> rows, List<string> warnings)
    {
        var unreadable = rows.Sum(row => (row.Forward == PassVerdict.Unreadable ? 1 : 0) + (row.Backward == PassVerdict.Unreadable ? 1 : 0));
        if (!Near(aggregates.InferenceError, unreadable))
        {
            warnings.Add($"The judge reports {aggregates.InferenceError} errors of its own; {unreadable} of its outputs hold no verdict.");
        }
    }
}
