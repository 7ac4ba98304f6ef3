using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Reports.Records;

/// <summary>What the metrics do not count: pairs of passes, and the reasons of prompts without a verdict. Nothing here decides anything.</summary>
internal sealed class RecordTally
{
    /// <summary>Beyond so many distinct reasons the rest is counted as one, so that memory stays bounded whatever the data holds.</summary>
    private const int MostReasons = 2000;

    private const string Others = "(others)";
    private readonly Dictionary<string, int> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<(PassVerdict Forward, PassVerdict Backward), int> _passes = [];

    public int Records { get; private set; }

    /// <summary>Prompts that the judge read twice.</summary>
    public int BothPasses { get; private set; }

    /// <summary>Why records have no verdict, the most frequent first.</summary>
    public IReadOnlyList<(string Note, int Count)> Notes =>
        [.. _notes.OrderByDescending(note => note.Value).ThenBy(note => note.Key, StringComparer.Ordinal).Select(note => (note.Key, note.Value))];

    /// <summary>Prompts whose passes said this: A first, then B first, both in terms of the models.</summary>
    public int Passes(PassVerdict forward, PassVerdict backward) => _passes.GetValueOrDefault((forward, backward));

    /// <summary>Counts the records on their way to somebody else.</summary>
    public async IAsyncEnumerable<RunRecord> ObserveAsync(IAsyncEnumerable<RunRecord> records, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            Add(record);
            yield return record;
        }
    }

    public void Add(RunRecord record)
    {
        Records++;
        if (record.Verdict is { Forward: { } forward, Backward: { } backward })
        {
            BothPasses++;
            Increment(_passes, (forward, backward));
        }

        if (record.Verdict.Note is { Length: > 0 } note)
        {
            Increment(_notes, _notes.Count < MostReasons || _notes.ContainsKey(note) ? note : Others);
        }
    }

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
