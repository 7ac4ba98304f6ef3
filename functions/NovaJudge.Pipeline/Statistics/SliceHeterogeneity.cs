using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Whether the decisive win rate differs between slices at all: asked before any slice is looked at alone.
/// Source: K. Pearson, Philosophical Magazine 50 (1900) 157, the chi-square test of slice against winner.
/// </summary>
public sealed record SliceHeterogeneity
{
    public required double ChiSquare { get; init; }

    public required int DegreesOfFreedom { get; init; }

    public required double P { get; init; }

    /// <summary>The smallest expected count; below 5 the p-value is rough.</summary>
    public required double SmallestExpected { get; init; }

    /// <summary>Slices without decisive prompts are left out; withheld when fewer than two remain or one model won everywhere.</summary>
    public static Finding<SliceHeterogeneity> Of(IReadOnlyList<(int A, int B)> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        double a = 0, b = 0;
        var used = 0;
        foreach (var slice in slices)
        {
            Guard.NotNegative(slice.A);
            Guard.NotNegative(slice.B);
            a += slice.A;
            b += slice.B;
            used += slice.A + slice.B > 0 ? 1 : 0;
        }

        if (used < 2 || a == 0 || b == 0)
        {
            return Finding.Withheld<SliceHeterogeneity>(used < 2
                ? "fewer than two slices have decisive prompts"
                : "one model won every decisive prompt of every slice");
        }

        double sum = 0, smallest = double.MaxValue;
        foreach (var slice in slices)
        {
            var n = (double)slice.A + slice.B;
            if (n > 0)
            {
                double expectedA = n * a / (a + b), expectedB = n * b / (a + b);
                sum += Math.Pow(slice.A - expectedA, 2) * ((1 / expectedA) + (1 / expectedB));
                smallest = Math.Min(smallest, Math.Min(expectedA, expectedB));
            }
        }

        return Finding.Of(new SliceHeterogeneity
        {
            ChiSquare = sum,
            DegreesOfFreedom = used - 1,
            P = ChiSquared.UpperTail(sum, used - 1),
            SmallestExpected = smallest,
        });
    }
}
