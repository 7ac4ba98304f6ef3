using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The bias-corrected and accelerated bootstrap interval of a mean, and the plain percentile interval beside it.
/// Source: B. Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987) 171; acceleration by the jackknife.
/// </summary>
public sealed record BcaInterval
{
    public required double Mean { get; init; }

    /// <summary>The bias correction: how far the bootstrap's median lies from the estimate, in standard normal units.</summary>
    public required double Z0 { get; init; }

    public required double Acceleration { get; init; }

    /// <summary>The share of the bootstrap distribution below the lower end, instead of alpha/2.</summary>
    public required double LowerShare { get; init; }

    public required double UpperShare { get; init; }

    public required Interval Bca { get; init; }

    public required Interval Percentile { get; init; }

    /// <summary>From bootstrap replicates of the mean of <paramref name="data"/>; withheld when all replicates lie on one side of it.</summary>
    public static Finding<BcaInterval> FromReplicates(ReadOnlySpan<double> data, ReadOnlySpan<double> replicates, double confidence = 0.95)
    {
        if (data.IsEmpty || replicates.IsEmpty)
        {
            return Finding.Withheld<BcaInterval>("there are no values to resample");
        }

        double mean = 0, squares = 0, cubes = 0;
        foreach (var value in data)
        {
            mean += value / data.Length;
        }

        foreach (var value in data)
        {
            var deviation = value - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }

        var sorted = replicates.ToArray();
        Array.Sort(sorted);
        return FromSorted(mean, sorted, Skew(squares, cubes), confidence);
    }

    /// <summary>From ascending replicates whose estimate and acceleration are known.</summary>
    public static Finding<BcaInterval> FromSorted(double mean, double[] sorted, double acceleration, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sorted);

        // Replicates that equal the estimate count half; equal means differ in their last digits.
        var slack = 1e-12 * Math.Max(1, Math.Abs(mean));
        double below = CountBelow(sorted, mean - slack), upTo = CountBelow(sorted, mean + slack);
        return From(
            mean,
            (below + ((upTo - below) / 2)) / sorted.Length,
            acceleration,
            confidence,
            p => Quantile.OfSorted(sorted, p));
    }

    internal static Finding<BcaInterval> From(double mean, double shareBelow, double acceleration, double confidence, Func<double, double> quantile)
    {
        var z = StandardNormal.TwoSided(confidence);
        if (shareBelow is <= 0 or >= 1)
        {
            return Finding.Withheld<BcaInterval>("every bootstrap replicate lies on one side of the estimate");
        }

        var z0 = StandardNormal.Quantile(shareBelow);
        double lower = Share(z0 - z), upper = Share(z0 + z);
        var tail = (1 - confidence) / 2;
        return Finding.Of(new BcaInterval
        {
            Mean = mean,
            Z0 = z0,
            Acceleration = acceleration,
            LowerShare = lower,
            UpperShare = upper,
            Bca = new(quantile(lower), quantile(upper)),
            Percentile = new(quantile(tail), quantile(1 - tail)),
        });

        double Share(double shifted)
        {
            // Past its pole the correction turns over; the limit there is all of the distribution.
            var stretch = 1 - (acceleration * shifted);
            return stretch > 0 ? StandardNormal.Cdf(z0 + (shifted / stretch)) : shifted > 0 ? 1 : 0;
        }
    }

    internal static double Skew(double squares, double cubes) => squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;

    private static int CountBelow(double[] sorted, double value)
    {
        var at = Array.BinarySearch(sorted, value);
        if (at < 0)
        {
            return ~at;
        }

        while (at > 0 && sorted[at - 1] >= value)
        {
            at--;
        }

        return at;
    }
}
