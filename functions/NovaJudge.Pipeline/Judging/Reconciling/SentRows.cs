using System.Runtime.InteropServices;
using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>The rows that the judge was sent, found by their prompts; the texts themselves are not kept.</summary>
internal sealed class SentRows
{
    private const int None = -1;

    /// <summary>An archive may claim as many rows as it likes.</summary>
    private const int MostExpected = 200_000;

    private readonly Dictionary<PromptHash, int> _first;
    private readonly List<int> _next;

    /// <summary>By the first row of a prompt the last one so far.</summary>
    private readonly List<int> _last;

    private SentRows(int count)
    {
        (_first, _next, _last) = (new Dictionary<PromptHash, int>(count), new List<int>(count), new List<int>(count));
        Ids = new List<string>(count);
    }

    public List<string> Ids { get; }

    /// <summary>Rows whose prompt another row has, too.</summary>
    public int Duplicates { get; private set; }

    /// <param name="index">The prompts of the rows, in order.</param>
    /// <param name="pairs">The rows.</param>
    /// <param name="expected">How many there probably are: tables that need not grow leave no halves behind.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when index and pairs do not belong together.</exception>
    public static async Task<SentRows> ReadAsync(
        IAsyncEnumerable<JudgeIndexRow> index, IAsyncEnumerable<JudgePair> pairs, int expected, CancellationToken cancellationToken)
    {
        var sent = new SentRows(Math.Min(expected, MostExpected));
        await using var ids = index.GetAsyncEnumerator(cancellationToken);
        await foreach (var pair in pairs.WithCancellation(cancellationToken))
        {
            if (!await ids.MoveNextAsync() || ids.Current.Row != sent.Ids.Count)
            {
                throw Mismatch(sent.Ids.Count);
            }

            sent.Add(ids.Current.Id, pair.Prompt);
        }

        return await ids.MoveNextAsync() ? throw Mismatch(sent.Ids.Count) : sent;
    }

    public bool Contains(PromptHash prompt) => _first.ContainsKey(prompt);

    /// <summary>Hands out the rows of a prompt, each once, in the order in which they were sent.</summary>
    public Matching StartMatching() => new(this);

    private static PipelineException Mismatch(int row) => new(
        ErrorNames.JudgeOutput,
        $"judge/index.jsonl and judge/input/llm_judge.jsonl do not belong together: they part at row {row}. "
        + "One of them was changed after it was written; start the run again.");

    private void Add(string id, string text)
    {
        var row = Ids.Count;
        Ids.Add(id);
        _next.Add(None);
        _last.Add(row);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, PromptHash.Of(text), out var known);
        if (!known)
        {
            first = row;
            return;
        }

        var previous = _last[first];
        Duplicates += previous == first ? 2 : 1;
        _next[previous] = row;
        _last[first] = row;
    }

    internal sealed class Matching(SentRows sent)
    {
        /// <summary>By the first row of a prompt the last one handed out, once it is not the first itself.</summary>
        private readonly Dictionary<int, int> _taken = [];
        private readonly System.Collections.BitArray _begun = new(sent.Ids.Count);

        /// <summary>The next row of that prompt, or <c>null</c> when there is none or all are taken.</summary>
        public int? Take(PromptHash prompt)
        {
            if (!sent._first.TryGetValue(prompt, out var first))
            {
                return null;
            }

            if (!_begun[first])
            {
                _begun[first] = true;
                return first;
            }

            // Only prompts that several rows share come here twice.
            var next = sent._next[_taken.GetValueOrDefault(first, first)];
            if (next == None)
            {
                return null;
            }

            _taken[first] = next;
            return next;
        }
    }
}
