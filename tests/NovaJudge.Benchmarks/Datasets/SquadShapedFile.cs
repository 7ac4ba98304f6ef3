using System.Text.Json;

namespace NovaJudge.Benchmarks.Datasets;

/// <summary>A file with the proportions of SQuAD 1.1's development set: 43 paragraphs an article, 5 questions a paragraph, 3 answers a question.</summary>
internal static class SquadShapedFile
{
    private static readonly string[] Words =
        ["river", "the", "of", "century", "in", "and", "was", "founded", "first", "northern", "by", "province", "museum", "Köppen", "a", "to", "league", "theory", "treaty", "engine"];

    /// <summary>Writes at least so many bytes and returns the number of questions.</summary>
    public static async Task<int> WriteAsync(string path, long size)
    {
        await using var stream = File.Create(path);
        await using var json = new Utf8JsonWriter(stream);
        var random = new Random(1);
        var questions = 0;
        json.WriteStartObject();
        json.WriteString("version", "1.1");
        json.WriteStartArray("data");
        while (json.BytesCommitted < size)
        {
            json.WriteStartObject();
            json.WriteString("title", $"Article_{questions}");
            json.WriteStartArray("paragraphs");
            for (var paragraph = 0; paragraph < 43; paragraph++)
            {
                questions += WriteParagraph(json, random, questions);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return questions;
    }

    private static int WriteParagraph(Utf8JsonWriter json, Random random, int first)
    {
        const int count = 5;
        json.WriteStartObject();
        json.WriteString("context", Sentence(random, random.Next(60, 180)));
        json.WriteStartArray("qas");
        for (var question = 0; question < count; question++)
        {
            json.WriteStartObject();
            json.WriteStartArray("answers");
            for (var answer = 0; answer < 3; answer++)
            {
                json.WriteStartObject();
                json.WriteNumber("answer_start", random.Next(500));
                json.WriteString("text", Sentence(random, random.Next(1, 5)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("question", Sentence(random, 10) + "?");
            json.WriteString("id", $"{(first + question) * 0x9E3779B1L:x24}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private static string Sentence(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
