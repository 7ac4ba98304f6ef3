using System.Globalization;
using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html;

/// <summary>Records as the page's script reads them; absent fields are left out.</summary>
internal static class RecordJson
{
    private const int TitleLength = 140;
    private const int LongestText = 100_000;

    /// <summary>An entry of the index: id, title, outcome, number of the category or -1.</summary>
    public static void WriteEntry(Utf8JsonWriter json, RunRecord record, int category)
    {
        json.WriteStartArray();
        json.WriteStringValue(record.Prompt.Id);
        json.WriteStringValue(record.Title.Length > TitleLength ? Head(record.Title, TitleLength) + "…" : record.Title);
        json.WriteStringValue(OutcomeWords.Code(record.Verdict.Verdict));
        json.WriteNumberValue(category);
        json.WriteEndArray();
    }

    /// <summary>What only the view of one record, and the search, need.</summary>
    public static void WriteRecord(Utf8JsonWriter json, RunRecord record)
    {
        var (prompt, verdict) = (record.Prompt, record.Verdict);
        json.WriteStartObject();
        Text(json, "question", prompt.Question);
        Text(json, "text", prompt.Text);
        Text(json, "cluster", prompt.Cluster);
        if (prompt.References is { Count: > 0 } references)
        {
            json.WriteStartArray("references");
            foreach (var reference in references)
            {
                json.WriteStringValue(Cut(reference));
            }

            json.WriteEndArray();
        }

        Answer(json, "a", record.A);
        Answer(json, "b", record.B);
        Text(json, "forward", OutcomeWords.Code(verdict.Forward));
        Text(json, "backward", OutcomeWords.Code(verdict.Backward));
        Text(json, "note", verdict.Note);
        json.WriteEndObject();
    }

    private static void Answer(Utf8JsonWriter json, string name, ResponseRow? answer)
    {
        if (answer is null)
        {
            return;
        }

        json.WriteStartObject(name);
        if (answer.Text is { } text)
        {
            json.WriteString("text", Cut(text));
        }

        Text(json, "error", answer.Error is { } error ? $"{error.Kind}: {error.Message}" : null);
        Number(json, "in", answer.InputTokens);
        Number(json, "out", answer.OutputTokens);
        Text(json, "stop", answer.StopReason);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, Cut(text));
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static string Cut(string text) => text.Length <= LongestText
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{Head(text, LongestText)}… [cut here; {text.Length:#,##0} characters in all]");

    private static string Head(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
