using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>A judge's <c>output.tar.gz</c>, read. The rows are unpacked anew each time they are asked for.</summary>
public sealed class JudgeArchive
{
    private readonly IReadOnlyList<DetailsFile> _details;

    internal JudgeArchive(IReadOnlyList<DetailsFile> details)
    {
        _details = details;
        PromptColumns = [.. details.SelectMany(file => file.Plan.PromptColumns).Distinct().Order(StringComparer.Ordinal)];
        RowCount = details.Sum(file => file.Rows);
    }

    /// <summary>The judge's numbers, as reported; <c>note</c> is left to others.</summary>
    public required NovaMetrics Aggregates { get; init; }

    /// <summary>Further numbers of the section the aggregates are from, such as the rubric judge's <c>score_margin</c>.</summary>
    public required IReadOnlyDictionary<string, double> FurtherAggregates { get; init; }

    /// <summary>The first folder of the archive; <c>null</c> where the results lie elsewhere.</summary>
    public required string? RunName { get; init; }

    /// <summary>What the archive says of its origin; <c>null</c> for the Nova container's.</summary>
    public required string? Marker { get; init; }

    /// <summary>What was unusual, one sentence each.</summary>
    public required IReadOnlyList<string> Diagnostics { get; init; }

    /// <summary>Where the rows hold texts that may be the prompt.</summary>
    public IReadOnlyList<string> PromptColumns { get; }

    /// <summary>Rows over all details files; 0 when there is none that could be read.</summary>
    public int RowCount { get; }

    /// <summary>The rows in the order of the files. One column of one row group is unpacked at a time.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when a details file is damaged.</exception>
    public IAsyncEnumerable<JudgeArchiveRow> ReadRowsAsync(CancellationToken cancellationToken) => ReadRowsAsync(PromptHash.Of, cancellationToken);

    internal async IAsyncEnumerable<JudgeArchiveRow> ReadRowsAsync(
        PromptReader readPrompt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in _details)
        {
            await foreach (var row in file.ReadRowsAsync(PromptColumns, readPrompt, cancellationToken))
            {
                yield return row;
            }
        }
    }
}
