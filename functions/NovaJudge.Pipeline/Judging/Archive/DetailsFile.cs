using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Parquet;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>One details file, as stored; its rows are unpacked a column of a row group at a time.</summary>
internal sealed class DetailsFile
{
    private readonly string _path;
    private readonly byte[] _content;

    private DetailsFile(string path, byte[] content, DetailsPlan plan, int rows)
    {
        (_path, _content, Plan, Rows) = (path, content, plan, rows);
    }

    public DetailsPlan Plan { get; }

    public int Rows { get; }

    /// <summary>Reads the schema and checks the sizes that the file claims, before anything of its content is unpacked.</summary>
    public static Task<DetailsFile> OpenAsync(string path, byte[] content, JudgeArchiveLimits limits, CancellationToken cancellationToken) =>
        GuardAsync(path, async () =>
        {
            ParquetFooter.Check(content);
            using var stream = new MemoryStream(content, writable: false);
            await using var reader = await ParquetReader.CreateAsync(stream, null, leaveStreamOpen: true, cancellationToken);
            var plan = DetailsPlan.Of(reader.Schema);
            long rows = 0;
            for (var index = 0; index < reader.RowGroupCount; index++)
            {
                using var group = reader.OpenRowGroupReader(index);
                rows += group.RowCount;
                if (group.RowCount < 0 || rows > limits.Rows)
                {
                    throw JudgeOutput.Refused($"{path} claims to hold more than {limits.Rows:N0} rows", "Judge fewer prompts at once.");
                }

                foreach (var column in plan.Columns)
                {
                    if (group.GetMetadata(column.Field)?.MetaData is { } claimed
                        && (claimed.TotalUncompressedSize > limits.ColumnBytes
                            || claimed.NumValues > limits.Rows
                            || (claimed.TotalUncompressedSize > limits.RatioFreeBytes
                                && claimed.TotalUncompressedSize / limits.ColumnRatio > claimed.TotalCompressedSize)))
                    {
                        throw JudgeOutput.Refused(
                            $"column {column.Field.Path} of {path} unpacks to {claimed.TotalUncompressedSize:N0} bytes and {claimed.NumValues:N0} values",
                            "Judge fewer prompts at once.");
                    }
                }
            }

            return new DetailsFile(path, content, plan, (int)rows);
        });

    public async IAsyncEnumerable<JudgeArchiveRow> ReadRowsAsync(
        IReadOnlyList<string> promptColumns, PromptReader readPrompt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(_content, writable: false);
        await using var reader = await GuardAsync(_path, () => ParquetReader.CreateAsync(stream, null, leaveStreamOpen: true, cancellationToken));
        var texts = new RowMetricsText();
        var names = promptColumns.ToArray();
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = reader.OpenRowGroupReader(index);
            var rows = (int)group.RowCount;
            var prompts = new PromptHash[rows * names.Length];
            var metrics = new RowMetrics[rows];
            Array.Fill(metrics, RowMetrics.None);
            foreach (var column in Plan.Columns)
            {
                await GuardAsync(_path, async () =>
                {
                    var values = await ColumnValues.ReadAsync(group, column.Field, rows, cancellationToken);
                    if (column.PromptName is null)
                    {
                        ReadMetrics(column, values, texts, metrics);
                    }
                    else
                    {
                        ReadPrompts(column, values, prompts.AsSpan(Array.IndexOf(names, column.PromptName)..), names.Length, readPrompt);
                    }

                    return true;
                });
            }

            for (var row = 0; row < rows; row++)
            {
                yield return new JudgeArchiveRow(
                    ImmutableArray.Create(prompts.AsSpan(row * names.Length, names.Length)), metrics[row]);
            }
        }
    }

    private static void ReadPrompts(DetailsColumn column, ColumnValues values, Span<PromptHash> places, int step, PromptReader readPrompt)
    {
        for (var (row, place) = (0, 0); place < places.Length; row++, place += step)
        {
            places[place] = (column.Role, values.Text(row)) switch
            {
                (_, null) => default,
                (DetailsRole.Prompt, { } text) => readPrompt(text.Span),
                (_, { } dict) => RowMetricsText.ReadPrompt(dict.Span) is { } prompt ? readPrompt(prompt) : default,
            };
        }
    }

    private static void ReadMetrics(DetailsColumn column, ColumnValues values, RowMetricsText texts, RowMetrics[] metrics)
    {
        for (var row = 0; row < metrics.Length; row++)
        {
            metrics[row] = column.Role switch
            {
                DetailsRole.MetricsDict => values.Text(row) is { } dict ? texts.Read(dict.Span) : RowMetrics.None,
                DetailsRole.ForwardOutput or DetailsRole.BackwardOutput => metrics[row].With(column.Role, values.Text(row)?.ToString()),
                _ => metrics[row].With(column.Role, values.Number(row)),
            };
        }
    }

    /// <summary>Whatever a damaged file makes of the reader becomes one error that names the file.</summary>
    private static async Task<T> GuardAsync<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception damage) when (damage is not (OperationCanceledException or PipelineException))
        {
            throw new PipelineException(
                ErrorNames.JudgeOutput,
                $"The judge's verdicts by row cannot be read: {path} is damaged or of an unknown kind of Parquet "
                + $"({damage.Message.TrimEnd('.')}). The aggregates can be analysed without it; judge the run again for verdicts by row.",
                damage);
        }
    }
}
