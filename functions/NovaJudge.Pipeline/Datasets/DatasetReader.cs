using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Datasets.Reading;

namespace NovaJudge.Pipeline.Datasets;

/// <summary>Reads data sets of every format as a stream of records.</summary>
public static class DatasetReader
{
    /// <summary>
    /// The records in file order, one at a time: in memory are a window of the file and at most 19 bytes for each id. Only
    /// where a SQuAD article gives its title after its paragraphs are the article's records held until it comes.
    /// </summary>
    /// <param name="stream">Read once from where it stands; the caller closes it.</param>
    /// <param name="options">Name, format and limits.</param>
    /// <param name="counts">Filled while reading.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="DatasetException">The data breaks a rule; records before that place have been given out.</exception>
    public static IAsyncEnumerable<DatasetRecord> ReadAsync(Stream stream, DatasetOptions options, DatasetCounts counts, CancellationToken cancellationToken) =>
        ReadAsync(stream, options, counts, static (_, _) => Choice.Take, idsAreUnique: false, cancellationToken);

    internal static async IAsyncEnumerable<DatasetRecord> ReadAsync(
        Stream stream, DatasetOptions options, DatasetCounts counts, Func<int, ulong, Choice> choose, bool idsAreUnique,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cursor = await RecordCursor.OpenAsync(stream, options, counts, idsAreUnique, cancellationToken);
        var held = new List<DatasetRecord>();
        SquadArticle? article = null;
        var last = false;
        while (!(last && held.Count == 0) && await cursor.ReadAsync(cancellationToken))
        {
            if (article is { IsKnown: true })
            {
                foreach (var record in held)
                {
                    yield return record with { Cluster = article.Cluster };
                }

                held.Clear();
                article = null;
            }

            var choice = choose(counts.Records - 1, cursor.IdHash);
            if (choice == Choice.PassOver)
            {
                continue;
            }

            last = choice == Choice.TakeAsLast;
            if (cursor.Article is { IsKnown: false } unknown)
            {
                article = unknown;
                held.Add(cursor.ToRecord());
                continue;
            }

            yield return cursor.ToRecord();
        }

        foreach (var record in held)
        {
            yield return record with { Cluster = article!.Cluster };
        }
    }
}
