using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>
/// Turns an archive's rows into one verdict for each row that the judge was sent. Nothing is taken on trust: rows are found
/// by their prompts, and labels count only if they add up to the aggregates that the judge itself reported. Where they do
/// not, the rows are left aside and a warning says why.
/// </summary>
public static class Reconciliation
{
    /// <summary>Beyond this share of rows that are not recognised, none is used.</summary>
    public const double ToleratedShare = 0.05;

    /// <param name="archive">What the judge left.</param>
    /// <param name="index">The prompts of the rows sent, in order.</param>
    /// <param name="pairs">The rows sent, in the same order; may be read twice.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when index and pairs do not belong together.</exception>
    public static async Task<ReconciledVerdicts> RunAsync(
        JudgeArchive archive, IAsyncEnumerable<JudgeIndexRow> index, IAsyncEnumerable<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var sent = await SentRows.ReadAsync(index, pairs, archive.RowCount, cancellationToken);
        var warnings = new List<string>(archive.Diagnostics);
        if (sent.Ids.Count == 0)
        {
            return new ReconciledVerdicts { Rows = [], Source = VerdictSource.LabelsAsShown, Warnings = warnings };
        }

        try
        {
            var rows = await ArchiveRows.ReadAsync(archive, sent, pairs, cancellationToken);
            if (Reconcile(archive.Aggregates, rows, sent, warnings) is { } reconciled)
            {
                return reconciled;
            }
        }
        catch (PipelineException damaged) when (damaged.ErrorName == ErrorNames.JudgeOutput)
        {
            warnings.Add(damaged.Message);
        }

        warnings.Add("Verdicts by row are not available; the analysis rests on the judge's aggregates.");
        return new ReconciledVerdicts { Rows = [], Source = VerdictSource.AggregatesOnly, Warnings = warnings };
    }

    private static ReconciledVerdicts? Reconcile(NovaMetrics aggregates, ArchiveRows rows, SentRows sent, List<string> warnings)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        if (rows.Matched == 0)
        {
            warnings.Add(
                $"No row of the judge's details holds one of the prompts it was sent (looked at: {string.Join(", ", rows.Columns.DefaultIfEmpty("no column"))}).");
            return null;
        }

        if (Orientation.Find(aggregates, rows.Rows, warnings) is not { } source)
        {
            return null;
        }

        var strangers = rows.Count - rows.Matched;
        var missing = sent.Ids.Count - rows.Matched;
        var unknown = rows.Rows.Count(row => !Recognised(row, source));
        if (strangers + missing + unknown > ToleratedShare * Math.Max(sent.Ids.Count, rows.Count))
        {
            warnings.Add(
                $"Of {sent.Ids.Count} rows sent and {rows.Count} rows judged, {strangers} have an unknown prompt, {missing} are missing and "
                + $"{unknown} have an output that is not recognised{Examples(rows)}: more than {ToleratedShare * 100:F0}%.");
            return null;
        }

        if (strangers + missing + unknown > 0)
        {
            warnings.Add(
                $"{strangers} rows of the judge have an unknown prompt, {missing} are missing and {unknown} have an output that is not "
                + $"recognised{Examples(rows)}; prompts without a verdict are unscored.");
        }

        if (sent.Duplicates > 0)
        {
            warnings.Add($"{sent.Duplicates} rows share their prompt with another; they were matched in the order of the rows.");
        }

        return new ReconciledVerdicts { Rows = new VerdictsByRow(rows, sent.Ids, source), Source = source, Warnings = warnings };
    }

    private static bool Recognised(ArchiveRow row, VerdictSource source) =>
        source == VerdictSource.RowScores ? row.Scores.Known : row is { Forward: not null, Backward: not null };

    private static string Examples(ArchiveRows rows) =>
        rows.Strange.Count == 0 ? "" : $" (such as {string.Join(", ", rows.Strange.Select(text => $"\"{text}\""))})";
}
