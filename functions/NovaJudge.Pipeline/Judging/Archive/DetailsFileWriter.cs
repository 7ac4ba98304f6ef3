using System.Text;
using Parquet;
using Parquet.Schema;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Writes the rows of an archive as Parquet files of at most <see cref="RowsPerFile"/> rows, so that memory does not grow
/// with their number. Columns are named as the Nova container's; <c>metrics</c> is a Python dict as text, as it writes it.
/// </summary>
internal sealed class DetailsFileWriter
{
    public const int RowsPerFile = 16 * RowsPerGroup;
    private const int RowsPerGroup = 1000;

    private static readonly DataField<string> Example = new("example");
    private static readonly DataField<string> Metrics = new("metrics");
    private static readonly DataField<string> Predictions = new("predictions");
    private static readonly ParquetSchema Schema = new(Example, Metrics, Predictions);

    private readonly string[] _metricsTexts = new string[16];

    /// <summary>Writes rows until the file is full or there are none left; false when there was none to write.</summary>
    public async Task<bool> WriteAsync(
        Stream output, IAsyncEnumerator<JudgedRow> rows, NovaTally tally, CancellationToken cancellationToken)
    {
        var (prompts, metrics, predictions) = (new List<string>(), new List<string>(), new List<string>());
        ParquetWriter? writer = null;
        var written = 0;
        try
        {
            while (written < RowsPerFile && await rows.MoveNextAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = rows.Current;
                tally.Add(row.Forward, row.Backward);
                prompts.Add(row.Prompt);
                metrics.Add(MetricsText(row.Forward, row.Backward));
                predictions.Add(PredictionsText(row));
                written++;
                if (prompts.Count == RowsPerGroup)
                {
                    await FlushAsync();
                }
            }

            if (prompts.Count > 0)
            {
                await FlushAsync();
            }
        }
        finally
        {
            if (writer is not null)
            {
                await writer.DisposeAsync();
            }
        }

        return written > 0;

        async Task FlushAsync()
        {
            writer ??= await ParquetWriter.CreateAsync(
                Schema, output, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, false, cancellationToken);
            using (var group = writer.CreateRowGroup())
            {
                await group.WriteAsync(Example, prompts);
                await group.WriteAsync(Metrics, metrics);
                await group.WriteAsync(Predictions, predictions);
            }

            prompts.Clear();
            metrics.Clear();
            predictions.Clear();
        }
    }

    private string MetricsText(PassVerdict forward, PassVerdict backward)
    {
        return _metricsTexts[((int)forward * 4) + (int)backward] ??= string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{'forward_output': '{{JudgeLabels.Write(forward, ShownOrder.AFirst)}}', 'backward_output': '{{JudgeLabels.Write(backward, ShownOrder.BFirst)}}', 'a_scores': {{Count(PassVerdict.A)}}.0, 'b_scores': {{Count(PassVerdict.B)}}.0, 'ties': {{Count(PassVerdict.Tie)}}.0, 'inference_error': {{Count(PassVerdict.Unreadable)}}.0, 'score': {{Count(PassVerdict.B)}}.0}""");

        int Count(PassVerdict verdict) => (forward == verdict ? 1 : 0) + (backward == verdict ? 1 : 0);
    }

    private static string PredictionsText(JudgedRow row)
    {
        if (row.ForwardText is null && row.BackwardText is null)
        {
            return "[]";
        }

        var text = new StringBuilder("[");
        PythonText.Append(text, row.ForwardText ?? "");
        text.Append(", ");
        PythonText.Append(text, row.BackwardText ?? "");
        return text.Append(']').ToString();
    }
}
