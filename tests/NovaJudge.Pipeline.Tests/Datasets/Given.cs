using System.Globalization;
using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

/// <summary>Data sets as text, and what reading them gives.</summary>
internal static class Given
{
    public static DatasetOptions Options(string name, DatasetFormat format = DatasetFormat.Auto) => new() { Name = name, Format = format };

    public static Task<List<DatasetRecord>> ReadAsync(string name, string text, DatasetFormat format = DatasetFormat.Auto) =>
        ReadAsync(Options(name, format), Encoding.UTF8.GetBytes(text), new DatasetCounts());

    public static async Task<List<DatasetRecord>> ReadAsync(DatasetOptions options, byte[] bytes, DatasetCounts counts)
    {
        var records = new List<DatasetRecord>();
        await foreach (var record in DatasetReader.ReadAsync(new MemoryStream(bytes), options, counts, TestContext.Current.CancellationToken))
        {
            records.Add(record);
        }

        return records;
    }

    public static Task<DatasetException> RefusedAsync(string name, string text, DatasetFormat format = DatasetFormat.Auto) =>
        RefusedAsync(name, Encoding.UTF8.GetBytes(text), format);

    public static Task<DatasetException> RefusedAsync(string name, byte[] bytes, DatasetFormat format = DatasetFormat.Auto) =>
        Should.ThrowAsync<DatasetException>(() => ReadAsync(Options(name, format), bytes, new DatasetCounts()));

    /// <summary>A SQuAD file of so many articles, with one paragraph each and so many questions on it.</summary>
    public static string Squad(int articles, Func<int, int> questions)
    {
        var text = new StringBuilder("{\"version\":\"1.1\",\"data\":[");
        for (var a = 0; a < articles; a++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(a > 0 ? "," : "")}{{\"title\":\"Article {a}\",\"paragraphs\":[{{\"context\":\"Context {a}.\",\"qas\":[");
            for (var q = 0; q < questions(a); q++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(q > 0 ? "," : "")}{{\"id\":\"a{a}q{q}\",\"question\":\"Question {q}?\",\"answers\":[{{\"text\":\"Context\",\"answer_start\":0}}]}}");
            }

            text.Append("]}]}");
        }

        return text.Append("]}").ToString();
    }
}
