using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Reports.Records;

/// <summary>What the records say when they are counted: slices, passes, lengths, reasons. Counts only; nothing here decides anything.</summary>
internal sealed class RecordTally
{
    /// <summary>Beyond so many distinct names the rest is counted as one, so that memory stays bounded whatever the data holds.</summary>
    private const int MostNames = 2000;

    private const string Others = "(others)";
    private readonly Dictionary<string, SliceTally> _slices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<(PassVerdict? Forward, PassVerdict? Backward), int> _passes = [];

    public int Records { get; private set; }

    /// <summary>Outcomes by category, the largest first; empty when no record has a category.</summary>
    public IReadOnlyList<SliceTally> Slices =>
        _slices.Keys.Any(name => name.Length > 0) ? [.. _slices.Values.OrderByDescending(slice => slice.Total).ThenBy(slice => slice.Name, StringComparer.Ordinal)] : [];

    /// <summary>Why records have no verdict, the most frequent first.</summary>
    public IReadOnlyList<(string Note, int Count)> Notes =>
        [.. _notes.OrderByDescending(note => note.Value).ThenBy(note => note.Key, StringComparer.Ordinal).Select(note => (note.Key, note.Value))];

    /// <summary>Prompts that one model won and whose answers differ in length.</summary>
    public int LengthComparable { get; private set; }

    /// <summary>How many of those the longer answer won.</summary>
    public int LongerWon { get; private set; }

    public AnswerLengths LengthsA { get; } = new();

    public AnswerLengths LengthsB { get; } = new();

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
        Slice(record.Prompt.Category ?? "").Add(record.Verdict.Verdict);
        if (record.Verdict is { Forward: { } forward, Backward: { } backward })
        {
            Increment(_passes, (forward, backward));
        }

        if (record.Verdict.Note is { Length: > 0 } note)
        {
            Increment(_notes, _notes.Count < MostNames || _notes.ContainsKey(note) ? note : Others);
        }

        LengthsA.Add(record.A?.Text);
        LengthsB.Add(record.B?.Text);
        if (record is { A.Text: { } a, B.Text: { } b, Verdict.Verdict: PromptOutcome.A or PromptOutcome.B } && a.Length != b.Length)
        {
            LengthComparable++;
            LongerWon += (a.Length > b.Length) == (record.Verdict.Verdict == PromptOutcome.A) ? 1 : 0;
        }
    }

    private SliceTally Slice(string name)
    {
        if (_slices.TryGetValue(name, out var slice))
        {
            return slice;
        }

        var kept = _slices.Count < MostNames ? name : Others;
        return _slices.TryGetValue(kept, out slice) ? slice : _slices[kept] = new SliceTally(kept);
    }

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}

/// <summary>Outcomes of the records of one category.</summary>
internal sealed class SliceTally(string name)
{
    private readonly int[] _counts = new int[Enum.GetValues<PromptOutcome>().Length];

    /// <summary>The category; empty for records without one.</summary>
    public string Name => name;

    public int Total { get; private set; }

    public int Scored => this[PromptOutcome.A] + this[PromptOutcome.B] + this[PromptOutcome.Tie] + this[PromptOutcome.Inconsistent];

    /// <summary>B's score in this slice; absent when nothing was scored.</summary>
    public double? Score => Scored == 0 ? null : (this[PromptOutcome.B] + ((this[PromptOutcome.Tie] + this[PromptOutcome.Inconsistent]) / 2d)) / Scored;

    public int this[PromptOutcome outcome] => _counts[(int)outcome];

    public void Add(PromptOutcome outcome)
    {
        _counts[(int)outcome]++;
        Total++;
    }
}

/// <summary>Lengths of one model's answers, in characters.</summary>
internal sealed class AnswerLengths
{
    private long _characters;

    public int Answers { get; private set; }

    public double? Mean => Answers == 0 ? null : (double)_characters / Answers;

    public void Add(string? text)
    {
        if (text is not null)
        {
            Answers++;
            _characters += text.Length;
        }
    }
}
