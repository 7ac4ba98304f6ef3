namespace NovaJudge.Pipeline.Statistics;

/// <summary>Names turned into 0, 1, 2, ... in order of appearance, so that sums per cluster or category are array reads.</summary>
public sealed class ClusterLabels
{
    private ClusterLabels(int[] ordinals, List<string> names) => (this.ordinals, Names) = (ordinals, names);

    private readonly int[] ordinals;

    /// <summary>One ordinal per row.</summary>
    public ReadOnlySpan<int> Ordinals => ordinals;

    /// <summary>The name of each ordinal.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A row without a label is a cluster of its own.</summary>
    public static ClusterLabels Of(IReadOnlyList<string?> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        var ordinals = new int[labels.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            if (labels[i] is not { } label)
            {
                ordinals[i] = names.Count;
                names.Add($"row {i}");
                continue;
            }

            if (!known.TryGetValue(label, out var ordinal))
            {
                ordinal = names.Count;
                known.Add(label, ordinal);
                names.Add(label);
            }

            ordinals[i] = ordinal;
        }

        return new(ordinals, names);
    }
}
