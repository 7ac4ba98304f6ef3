using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Anchors;

/// <summary>Chooses which pairs of a run become anchors, while the pairs pass by: those whose prompts have the smallest hashes, which is a draw that can be repeated.</summary>
/// <param name="most">Anchors wanted.</param>
internal sealed class AnchorChoice(int most)
{
    // The largest hash comes out first, so that the smallest ones stay.
    private readonly PriorityQueue<(JudgePair Pair, IReadOnlyList<string>? References), UInt128> _chosen =
        new(Comparer<UInt128>.Create((left, right) => right.CompareTo(left)));

    public void Offer(PromptRow prompt, JudgePair pair)
    {
        var hash = PromptHash.Of(pair.Prompt).Value;
        if (_chosen.Count < most)
        {
            _chosen.Enqueue((pair, prompt.References), hash);
        }
        else
        {
            _chosen.EnqueueDequeue((pair, prompt.References), hash);
        }
    }

    public IReadOnlyList<AnchorRow> Freeze(RunId run)
    {
        var pairs = new List<(JudgePair Pair, IReadOnlyList<string>? References)>();
        while (_chosen.TryDequeue(out var pair, out _))
        {
            pairs.Add(pair);
        }

        pairs.Reverse();
        return [.. pairs.Select((pair, i) => AnchorRow.Freeze(i + 1, pair.Pair, pair.References, run))];
    }
}
