using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>The verdict counts of one category.</summary>
public sealed record Slice(string Name, int A, int B, int Ties);

/// <summary>One category large enough to be shown.</summary>
public sealed record SliceRate(string Name, WinRates Rates, double SignTestP, double AdjustedP);

/// <summary>
/// Win rates by category, read only after asking whether categories differ at all; p-values carry Holm's adjustment for the number of slices shown.
/// </summary>
public sealed record SliceRates
{
    /// <summary>Smaller slices are named, not shown.</summary>
    public const int FewestPrompts = 20;

    public required IReadOnlyList<SliceRate> Shown { get; init; }

    /// <summary>Names of the slices below <see cref="FewestPrompts"/>.</summary>
    public required IReadOnlyList<string> TooSmall { get; init; }

    /// <summary>Over the slices shown.</summary>
    public required Finding<SliceHeterogeneity> Heterogeneity { get; init; }

    public static SliceRates Of(IReadOnlyList<Slice> slices, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(slices);
        Slice[] shown = [.. slices.Where(slice => slice.A + slice.B + slice.Ties >= FewestPrompts)];
        var p = shown.Select(slice => SignTest.TwoSided(slice.B, slice.A + slice.B)).ToArray();
        var adjusted = MultipleTesting.Holm(p);
        return new()
        {
            Shown = [.. shown.Select((slice, i) => new SliceRate(slice.Name, WinRates.Of(slice.A, slice.B, slice.Ties, confidence), p[i], adjusted[i]))],
            TooSmall = [.. slices.Where(slice => slice.A + slice.B + slice.Ties < FewestPrompts).Select(slice => slice.Name)],
            Heterogeneity = SliceHeterogeneity.Of([.. shown.Select(slice => (slice.A, slice.B))]),
        };
    }

    /// <summary>From rows: the category of each scored prompt and B's score on it (0, 1/2 or 1).</summary>
    public static SliceRates Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> categories, IReadOnlyList<string> names, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(names);
        Guard.SameLength(scores.Length, categories.Length, "Scores and categories");
        var counts = new (int A, int B, int Ties)[names.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            ref var count = ref counts[categories[i]];
            switch (scores[i])
            {
                case 0: count.A++; break;
                case 1: count.B++; break;
                default: count.Ties++; break;
            }
        }

        return Of([.. counts.Select((count, i) => new Slice(names[i], count.A, count.B, count.Ties))], confidence);
    }
}
