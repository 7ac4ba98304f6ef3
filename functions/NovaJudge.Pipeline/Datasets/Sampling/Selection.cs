using System.Collections;
using NovaJudge.Pipeline.Datasets.Reading;

namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>The ordinals chosen, one bit a record, and a fingerprint of their ids by which a second pass knows the same data again.</summary>
internal sealed class Selection
{
    private readonly BitArray? chosen;
    private readonly ulong fingerprint;
    private readonly int last;

    private Selection(IdIndex ids, BitArray? chosen)
    {
        this.chosen = chosen;
        for (var ordinal = 0; ordinal < ids.Count; ordinal++)
        {
            if (chosen?[ordinal] ?? true)
            {
                fingerprint = StableHash.Chain(fingerprint, ids[ordinal]);
                last = ordinal;
                Count++;
            }
        }
    }

    public int Count { get; }

    public static Selection Everything(IdIndex ids) => new(ids, null);

    /// <summary>From every stratum the given number of records whose priorities are smallest.</summary>
    public static Selection Smallest(IdIndex ids, long seed, ReadOnlySpan<int> sizes, Func<int, int> stratumOf)
    {
        var smallest = new PriorityQueue<int, ulong>[sizes.Length];
        for (var ordinal = 0; ordinal < ids.Count; ordinal++)
        {
            var stratum = stratumOf(ordinal);
            if (sizes[stratum] == 0)
            {
                continue;
            }

            // The complement turns the queue's smallest-first into largest-first.
            var queue = smallest[stratum] ??= new PriorityQueue<int, ulong>();
            var priority = ~StableHash.Priority(seed, ids[ordinal]);
            if (queue.Count < sizes[stratum])
            {
                queue.Enqueue(ordinal, priority);
            }
            else
            {
                queue.EnqueueDequeue(ordinal, priority);
            }
        }

        var chosen = new BitArray(ids.Count);
        foreach (var queue in smallest.OfType<PriorityQueue<int, ulong>>())
        {
            foreach (var (ordinal, _) in queue.UnorderedItems)
            {
                chosen[ordinal] = true;
            }
        }

        return new Selection(ids, chosen);
    }

    /// <summary>One use of the selection in a second pass.</summary>
    public SelectionCheck Check() => new(this);

    /// <summary>Follows a second pass and compares it with the first.</summary>
    internal sealed class SelectionCheck(Selection selection)
    {
        private ulong seen;
        private int count;

        public bool IsSame => count == selection.Count && seen == selection.fingerprint;

        public Choice Choose(int ordinal, ulong idHash)
        {
            if (ordinal > selection.last || !(selection.chosen?[ordinal] ?? true))
            {
                return Choice.PassOver;
            }

            seen = StableHash.Chain(seen, idHash);
            count++;
            return ordinal == selection.last ? Choice.TakeAsLast : Choice.Take;
        }
    }
}
