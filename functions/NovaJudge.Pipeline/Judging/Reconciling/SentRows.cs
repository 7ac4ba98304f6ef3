using System.Runtime.InteropServices;
using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>The rows that the judge was sent, found by their prompts; the texts themselves are not kept.</summary>
internal sealed class SentRows
{
    private const int None = -1;
    private readonly Dictionary<PromptHash, int> _first = [];
    private readonly List<int> _next = [];

    public List<string> Ids { get; } = [];

    /// <summary>Rows whose prompt another row has, too.</summary>
    public int Duplicates { get; private set; }

    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when index and pairs do not belong together.</exception>
    public static async Task<SentRows> ReadAsync(
        IAsyncEnumerable<JudgeIndexRow> index, IAsyncEnumerable<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var sent = new SentRows();
        var last = new Dictionary<PromptHash, int>();
        await using var ids = index.GetAsyncEnumerator(cancellationToken);
        await foreach (var pair in pairs.WithCancellation(cancellationToken))
        {
            if (!await ids.MoveNextAsync() || ids.Current.Row != sent.Ids.Count)
            {
                throw Mismatch(sent.Ids.Count);
            }

            sent.Add(ids.Current.Id, pair.Prompt, last);
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

    private void Add(string id, string text, Dictionary<PromptHash, int> last)
    {
        var row = Ids.Count;
        var prompt = PromptHash.Of(text);
        Ids.Add(id);
        _next.Add(None);
        ref var previous = ref CollectionsMarshal.GetValueRefOrAddDefault(last, prompt, out var known);
        if (known)
        {
            Duplicates += _first[prompt] == previous ? 2 : 1;
            _next[previous] = row;
        }
        else
        {
            _first[prompt] = row;
        }

        previous = row;
    }

    internal sealed class Matching(SentRows sent)
    {
        private readonly Dictionary<PromptHash, int> _open = new(sent._first);

        /// <summary>The next row of that prompt, or <c>null</c> when there is none or all are taken.</summary>
        public int? Take(PromptHash prompt)
        {
            ref var open = ref CollectionsMarshal.GetValueRefOrNullRef(_open, prompt);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref open) || open == None)
            {
                return null;
            }

            var row = open;
            open = sent._next[row];
            return row;
        }
    }
}
