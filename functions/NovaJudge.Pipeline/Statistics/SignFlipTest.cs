using System.Numerics;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The paired permutation test: if neither side is better, each difference is as likely with the other sign.
/// Source: E. J. G. Pitman, Supplement to the JRSS 4 (1937) 119. Differences of scores lie on a grid (halves, say), so the distribution of
/// their sum over all 2^n sign patterns is a product of cosines in the frequency domain and comes out exactly, for any n.
/// </summary>
public static class SignFlipTest
{
    private const int LargestGrid = 1 << 20;

    /// <summary>
    /// The two-sided p-value, 1 when all differences are zero. Off every grid it is exact up to 20 differences and withheld beyond.
    /// </summary>
    public static Finding<double> TwoSided(ReadOnlySpan<double> differences)
    {
        var sizes = new List<double>(differences.Length);
        var sum = 0.0;
        foreach (var difference in differences)
        {
            sum += difference;
            if (difference != 0)
            {
                sizes.Add(Math.Abs(difference));
            }
        }

        if (sizes.Count == 0)
        {
            return Finding.Of(1.0);
        }

        if (OnGrid(sizes) is { } steps)
        {
            return Finding.Of(FromGrid(steps, (int)Math.Round(Math.Abs(sum) * steps.Sum() / sizes.Sum())));
        }

        return sizes.Count <= 20
            ? Finding.Of(Enumerated(sizes, Math.Abs(sum)))
            : Finding.Withheld<double>("the differences lie on no common grid and are too many to enumerate");
    }

    /// <summary>The differences as whole numbers of the coarsest grid 1/1 ... 1/120 they share, when their sum is small enough.</summary>
    private static int[]? OnGrid(List<double> sizes)
    {
        for (var scale = 1; scale <= 120; scale++)
        {
            if (sizes.All(size => Math.Abs((size * scale) - Math.Round(size * scale)) < 1e-9 * scale))
            {
                return sizes.Sum() * scale * 2 < LargestGrid ? [.. sizes.Select(size => (int)Math.Round(size * scale))] : null;
            }
        }

        return null;
    }

    private static double FromGrid(int[] steps, int observed)
    {
        var most = steps.Sum();
        var counts = steps.GroupBy(step => step).Select(group => (Step: group.Key, Count: group.Count())).ToArray();
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)((2 * most) + 1));
        var cosines = new double[size];
        for (var j = 0; j < size; j++)
        {
            cosines[j] = Math.Cos(2 * Math.PI * j / size);
        }

        // The product is even in the frequency, so half of it is enough; the angles repeat, so a table is.
        var values = new Complex[size];
        for (var j = 0; j <= size / 2; j++)
        {
            var product = 1.0;
            foreach (var (step, count) in counts)
            {
                var cosine = cosines[(int)((long)step * j % size)];
                product *= count == 1 ? cosine : Math.Pow(cosine, count);
                if (Math.Abs(product) < 1e-30)
                {
                    break;
                }
            }

            values[j] = product;
            values[(size - j) % size] = product;
        }

        FourierTransform.Forward(values);
        var mass = 0.0;
        for (var k = observed; k <= most; k++)
        {
            mass += Math.Max(0, values[k].Real / size) * (k == 0 ? 1 : 2);
        }

        // All signs alike is always one pattern out of 2^n each way.
        return Math.Clamp(mass, Math.ScaleB(2, -steps.Length), 1);
    }

    private static double Enumerated(List<double> sizes, double observed)
    {
        var least = observed - (1e-9 * sizes.Sum());
        var patterns = 1 << sizes.Count;
        var extreme = 0;
        var sum = -sizes.Sum();
        for (var i = 0; ; i++)
        {
            extreme += Math.Abs(sum) >= least ? 1 : 0;
            if (i == patterns - 1)
            {
                return (double)extreme / patterns;
            }

            // Gray code: one sign changes from pattern to pattern.
            var bit = BitOperations.TrailingZeroCount(i + 1);
            var up = (((i + 1) ^ ((i + 1) >> 1)) >> bit & 1) == 1;
            sum += up ? 2 * sizes[bit] : -2 * sizes[bit];
        }
    }
}
