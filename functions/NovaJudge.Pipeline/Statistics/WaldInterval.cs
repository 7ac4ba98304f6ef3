using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The textbook interval p -+ z sqrt(p q / n): too short for small n and of no width at 0 and n. For the comparison table only.
/// Source of the warning: L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001) 101.
/// </summary>
public static class WaldInterval
{
    public static Interval Of(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        var z = StandardNormal.TwoSided(confidence);
        if (n == 0)
        {
            return Interval.Unit;
        }

        var p = successes / n;
        var half = z * Math.Sqrt(p * (1 - p) / n);
        return new Interval(p - half, p + half).ClippedTo(0, 1);
    }
}
