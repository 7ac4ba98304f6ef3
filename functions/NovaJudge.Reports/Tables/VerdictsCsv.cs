using System.Globalization;
using System.Text;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Tables;

/// <summary><c>verdicts.csv</c>: one line for each prompt, RFC 4180, UTF-8 without a mark. Texts are made safe for spreadsheets by <see cref="CsvText"/>.</summary>
internal static class VerdictsCsv
{
    private const int FlushAt = 64 * 1024;

    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "category", "cluster", "verdict", "winner", "a_first", "b_first", "note", "prompt", "references",
        "answer_a", "error_a", "output_tokens_a", "answer_b", "error_b", "output_tokens_b",
    ];

    /// <summary>Writes the records as they come; the names of the models fill the column <c>winner</c>.</summary>
    public static async Task WriteAsync(string nameA, string nameB, IAsyncEnumerable<RunRecord> records, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), FlushAt, leaveOpen: true);
        var line = new StringBuilder();
        await writer.WriteAsync(string.Join(',', Columns) + "\r\n");
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            line.Clear();
            Append(line, record, nameA, nameB);
            await writer.WriteAsync(line, cancellationToken);
        }
    }

    private static void Append(StringBuilder line, RunRecord record, string nameA, string nameB)
    {
        var (prompt, verdict) = (record.Prompt, record.Verdict);
        CsvText.Append(line, prompt.Id);
        Next(line, prompt.Category);
        Next(line, prompt.Cluster);
        Next(line, OutcomeWords.Code(verdict.Verdict));
        Next(line, OutcomeWords.Code(verdict.Verdict) switch { "a" => nameA, "b" => nameB, _ => null });
        Next(line, OutcomeWords.Code(verdict.Forward));
        Next(line, OutcomeWords.Code(verdict.Backward));
        Next(line, verdict.Note);
        Next(line, record.Title);
        Next(line, prompt.References is { Count: > 0 } references ? string.Join(" | ", references) : null);
        Answer(line, record.A);
        Answer(line, record.B);
        line.Append("\r\n");
    }

    private static void Answer(StringBuilder line, ResponseRow? answer)
    {
        Next(line, answer?.Text);
        Next(line, answer?.Error is { } error ? $"{error.Kind}: {error.Message}" : null);
        line.Append(',').Append(CultureInfo.InvariantCulture, $"{answer?.OutputTokens}");
    }

    private static void Next(StringBuilder line, string? text)
    {
        line.Append(',');
        CsvText.Append(line, text ?? "");
    }
}
