using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>An archive's rows, reduced to what reconciling needs, and which sent row each one is.</summary>
internal sealed class ArchiveRows
{
    private const int Stranger = -1;
    private const int StrangeExamples = 3;
    private readonly List<int> _sentRows;

    private ArchiveRows(int count) => (_sentRows, Rows) = (new List<int>(count), new List<ArchiveRow>(count));

    public List<ArchiveRow> Rows { get; }

    /// <summary>The columns that were searched for prompts.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A few outputs that are not of the table, shortened.</summary>
    public SortedSet<string> Strange { get; } = new(StringComparer.Ordinal);

    public int Count => Rows.Count;

    /// <summary>Rows whose prompt was sent.</summary>
    public int Matched { get; private set; }

    /// <summary>The sent row that this row is about, or <c>null</c>.</summary>
    public int? SentRow(int at) => _sentRows[at] == Stranger ? null : _sentRows[at];

    /// <summary>Reads the rows; where the prompts themselves are not there, texts that hold them do.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="sent">The rows that the judge was sent.</param>
    /// <param name="pairs">The same rows with their texts; read only where prompts have to be looked for inside others.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ArchiveRows> ReadAsync(
        JudgeArchive archive, SentRows sent, IAsyncEnumerable<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(archive, sent, PromptHash.Of, cancellationToken);
        if (rows.Matched >= rows.Count * (1 - Reconciliation.ToleratedShare) || archive.PromptColumns.Count == 0)
        {
            return rows;
        }

        var finder = await PromptFinder.OfAsync(pairs, cancellationToken);
        var found = await ReadAsync(archive, sent, finder.Find, cancellationToken);
        return found.Matched > rows.Matched ? found : rows;
    }

    private static async Task<ArchiveRows> ReadAsync(
        JudgeArchive archive, SentRows sent, PromptReader readPrompt, CancellationToken cancellationToken)
    {
        var rows = new ArchiveRows(archive.RowCount) { Columns = archive.PromptColumns };
        var prompts = new List<PromptHash>(archive.RowCount * archive.PromptColumns.Count);
        var hits = new int[archive.PromptColumns.Count];
        await foreach (var row in archive.ReadRowsAsync(readPrompt, cancellationToken))
        {
            var reduced = ArchiveRow.Of(row.Metrics);
            rows.Rows.Add(reduced);
            rows.NoteStrange(reduced.Forward, row.Metrics.ForwardOutput);
            rows.NoteStrange(reduced.Backward, row.Metrics.BackwardOutput);
            for (var column = 0; column < hits.Length; column++)
            {
                prompts.Add(row.Prompts[column]);
                hits[column] += sent.Contains(row.Prompts[column]) ? 1 : 0;
            }
        }

        // The column that knows most prompts is the one that holds them.
        rows.Match(prompts, hits.Length, hits.Length == 0 ? Stranger : hits.IndexOf(hits.Max()), sent.StartMatching());
        return rows;
    }

    private void Match(List<PromptHash> prompts, int columns, int column, SentRows.Matching matching)
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            var sentRow = column == Stranger ? null : matching.Take(prompts[(row * columns) + column]);
            _sentRows.Add(sentRow ?? Stranger);
            Matched += sentRow is null ? 0 : 1;
        }
    }

    private void NoteStrange(PassVerdict? label, string? output)
    {
        if (label is null && output is not null && Strange.Count < StrangeExamples)
        {
            var shown = output.Length > 40 ? output[..40] + "…" : output;
            Strange.Add(new string([.. shown.Select(character => char.IsControl(character) ? ' ' : character)]));
        }
    }
}
