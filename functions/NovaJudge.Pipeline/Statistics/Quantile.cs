using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Linear interpolation between order statistics at h = (n - 1) p: type 7 of R. J. Hyndman and Y. Fan, American Statistician 50 (1996) 361; NumPy's default.</summary>
public static class Quantile
{
    /// <summary>Withheld when there are no values.</summary>
    public static Finding<double> Of(ReadOnlySpan<double> values, double p)
    {
        Guard.Proportion(p);
        if (values.IsEmpty)
        {
            return Finding.Withheld<double>("there are no values");
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Finding.Of(OfSorted(sorted, p));
    }

    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        Guard.Proportion(p);
        var h = (sorted.Length - 1) * p;
        var below = (int)h;
        return below + 1 < sorted.Length
            ? sorted[below] + ((h - below) * (sorted[below + 1] - sorted[below]))
            : sorted[^1];
    }
}
