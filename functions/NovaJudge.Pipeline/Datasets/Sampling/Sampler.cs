using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Datasets.Reading;

namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>
/// Draws a sample in two passes: the first checks everything it reads and remembers a hash for each id, the second gives
/// out the chosen records. Needs at most 40 bytes a record, an entry for each stratum, and nothing for the texts.
/// </summary>
/// <remarks>
/// A random sample is the records with the smallest priorities, a priority being a hash of seed and id (bottom-k: Cohen
/// and Kaplan, Summarizing Data Using Bottom-k Sketches, PODC 2007), so it depends on the set of ids alone.
/// </remarks>
public static class Sampler
{
    /// <summary>Checks the data set and chooses the sample; the records follow when they are enumerated.</summary>
    /// <param name="open">Opens the data set from its beginning; called here and again for every enumeration, and each stream is closed after it.</param>
    /// <param name="options">Name, format and limits.</param>
    /// <param name="settings">What to draw.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="DatasetException">The data breaks a rule, or holds fewer records than wanted.</exception>
    public static async Task<SampleResult> SampleAsync(
        Func<CancellationToken, Task<Stream>> open, DatasetOptions options, SampleSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Method != SampleMethod.All && settings.Size < 1)
        {
            throw new DatasetException(options.Name, null, DatasetRules.SampleSize, $"a sample of {settings.Size} prompts was asked for. Ask for at least 1.");
        }

        var counts = new DatasetCounts();
        await using var stream = await open(cancellationToken);
        using var cursor = await RecordCursor.OpenAsync(stream, options, counts, idsAreUnique: false, cancellationToken);
        var strata = settings.Method == SampleMethod.Stratified ? new Strata() : null;
        while (await cursor.ReadAsync(cancellationToken))
        {
            strata?.Add(cursor);
            if (settings.Method == SampleMethod.First && counts.Records == settings.Size)
            {
                break;
            }
        }

        if (settings.Method != SampleMethod.All && settings.Size > counts.Records)
        {
            settings = settings.AtMost && counts.Records > 0 ? settings with { Size = counts.Records } : throw TooLarge(options, settings, counts);
        }

        var selection = Select(cursor.Ids, strata, settings, out var shares);
        return new SampleResult
        {
            Counts = counts,
            Size = selection.Count,
            Strata = shares,
            Records = RecordsAsync(open, options with { Format = counts.Format }, selection, counts.DerivedIds == 0, CancellationToken.None),
        };
    }

    private static Selection Select(IdIndex ids, Strata? strata, SampleSettings settings, out IReadOnlyList<StratumShare> shares)
    {
        shares = [];
        if (strata is null)
        {
            return settings.Method == SampleMethod.Random
                ? Selection.Smallest(ids, settings.Seed, [settings.Size], static _ => 0)
                : Selection.Everything(ids);
        }

        strata.Close();
        shares = Allocation.Proportional(strata.Sizes(), settings.Size, settings.Seed);
        return Selection.Smallest(ids, settings.Seed, [.. shares.Select(share => share.Taken)], strata.Of);
    }

    private static async IAsyncEnumerable<DatasetRecord> RecordsAsync(
        Func<CancellationToken, Task<Stream>> open, DatasetOptions options, Selection selection, bool idsAreUnique,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await open(cancellationToken);
        var check = selection.Check();
        await foreach (var record in DatasetReader.ReadAsync(stream, options, new DatasetCounts(), check.Choose, idsAreUnique, cancellationToken))
        {
            yield return record;
        }

        if (!check.IsSame)
        {
            throw new DatasetException(options.Name, null, DatasetRules.Changed, "changed while it was read. Start again when nothing writes to it.");
        }
    }

    private static DatasetException TooLarge(DatasetOptions options, SampleSettings settings, DatasetCounts counts)
    {
        var leftOut = counts.UnanswerableLeftOut > 0 ? $" ({counts.UnanswerableLeftOut:N0} unanswerable ones left out)" : "";
        return new DatasetException(options.Name, null, DatasetRules.SampleTooLarge,
            $"a sample of {settings.Size:N0} prompts was asked for, and the data set holds {counts.Records:N0}{leftOut}. Ask for fewer, or for all.");
    }
}
