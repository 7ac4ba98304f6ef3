using NovaJudge.Pipeline.Datasets.Reading;

namespace NovaJudge.Pipeline.Datasets;

/// <summary>Formats by the words that requests use, and the format of a data set whose request leaves it open.</summary>
public static class DatasetFormats
{
    /// <summary>The format of a word: <c>auto</c>, <c>squad</c>, <c>jsonl</c>, <c>csv</c> or <c>pairs</c>.</summary>
    public static DatasetFormat Parse(string word) => Enum.Parse<DatasetFormat>(word, ignoreCase: true);

    /// <summary>Tells the format from the first bytes, then from the name.</summary>
    /// <exception cref="DatasetException">The data set is empty, or nothing that can be read.</exception>
    public static Task<string> DetectAsync(Stream stream, string name, CancellationToken cancellationToken) =>
        DetectAsync(stream, name, DatasetFormat.Auto, cancellationToken);

    /// <summary>The same where the layout is known and only its columns are not: CSV with both answers is <c>pairs</c>.</summary>
    /// <exception cref="DatasetException">The data set is empty, or nothing that can be read.</exception>
    public static async Task<string> DetectAsync(Stream stream, string name, DatasetFormat layout, CancellationToken cancellationToken)
    {
        var counts = new DatasetCounts();
        using var cursor = await RecordCursor.OpenAsync(stream, new DatasetOptions { Name = name, Format = layout }, counts, idsAreUnique: true, cancellationToken);
        return counts.Format.ToString().ToLowerInvariant();
    }
}
