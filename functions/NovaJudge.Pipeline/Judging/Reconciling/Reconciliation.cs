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
    /// <param name="pairs">The rows sent, in the same order.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when index and pairs do not belong together.</exception>
    public static async Task<ReconciledVerdicts> RunAsync(
        JudgeArchive archive, IAsyncEnumerable<JudgeIndexRow> index, IAsyncEnumerable<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var sent = await SentRows.ReadAsync(index, pairs, cancellationToken);
        var warnings = new List<string>(archive.Diagnostics);
        if (sent.Ids.Count == 0)
        {
            return new ReconciledVerdicts { Rows = [], Source = VerdictSource.LabelsAsShown, Warnings = warnings };
        }

        try
        {
            var rows = await ArchiveRows.ReadAsync(archive, sent, cancellationToken);
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

        return new ReconciledVerdicts { Rows = Verdicts(rows, sent, source), Source = source, Warnings = warnings };
    }

    private static bool Recognised(ArchiveRow row, VerdictSource source) =>
        source == VerdictSource.RowScores ? row.Scores.Known : row is { Forward: not null, Backward: not null };

    private static string Examples(ArchiveRows rows) =>
        rows.Strange.Count == 0 ? "" : $" (such as {string.Join(", ", rows.Strange.Select(text => $"\"{text}\""))})";

    private static List<VerdictRow> Verdicts(ArchiveRows rows, SentRows sent, VerdictSource source)
    {
        var verdicts = new VerdictRow?[sent.Ids.Count];
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows.SentRow(at) is { } row)
            {
                verdicts[row] = source == VerdictSource.RowScores
                    ? ByScores(sent.Ids[row], rows.Rows[at].Scores)
                    : ByLabels(sent.Ids[row], rows.Rows[at], source);
            }
        }

        return [.. verdicts.Select((verdict, row) =>
            verdict ?? new VerdictRow(sent.Ids[row], null, null, PromptOutcome.Unscored, "the judge returned no row for this prompt"))];
    }

    private static VerdictRow ByLabels(string id, ArchiveRow row, VerdictSource orientation)
    {
        var (forward, backward) = (row.Forward ?? PassVerdict.Unreadable, row.BackwardBy(orientation) ?? PassVerdict.Unreadable);
        var outcome = PassAgreement.Outcome(forward, backward);
        return new VerdictRow(id, forward, backward, outcome, outcome == PromptOutcome.Unscored ? "a pass of the judge held no verdict" : null);
    }

    private static VerdictRow ByScores(string id, RowScores scores)
    {
        PassVerdict? both = scores.Outcome switch
        {
            PromptOutcome.A => PassVerdict.A,
            PromptOutcome.B => PassVerdict.B,
            PromptOutcome.Tie => PassVerdict.Tie,
            _ => null,
        };
        var note = scores.Outcome switch
        {
            PromptOutcome.Unscored => "the judge did not evaluate both passes",
            PromptOutcome.Inconsistent => "read from counts, which do not say which pass said what",
            _ => null,
        };
        return new VerdictRow(id, both, both, scores.Outcome, note);
    }
}
