using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The score interval of a proportion. Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
/// JASA 22 (1927). Fractional successes are allowed (a tie as half): the interval is then a little wider than it need be.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The interval of <paramref name="successes"/> out of <paramref name="n"/>; with n = 0 it is all of [0, 1].</summary>
    public static Interval Of(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        var z = StandardNormal.TwoSided(confidence);
        if (n == 0)
        {
            return Interval.Unit;
        }

        var p = successes / n;
        var q = (n - successes) / n;
        var z2 = z * z;
        var center = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = z / (1 + (z2 / n)) * Math.Sqrt((p * q / n) + (z2 / (4 * n * n)));
        return new(successes == 0 ? 0 : Math.Max(0, center - half), successes == n ? 1 : Math.Min(1, center + half));
    }

    /// <summary>With continuity correction. Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 857, method 4.</summary>
    public static Interval ContinuityCorrected(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        var z = StandardNormal.TwoSided(confidence);
        if (n == 0)
        {
            return Interval.Unit;
        }

        return new(
            successes == 0 ? 0 : Math.Max(0, Lower(successes, n, z)),
            successes == n ? 1 : Math.Min(1, 1 - Lower(n - successes, n, z)));
    }

    /// <summary>
    /// From a mean and its standard error (clustered, say): the interval of m * n_eff successes out of n_eff = m (1 - m) / se^2.
    /// Source: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193. Withheld where n_eff is undefined.
    /// </summary>
    public static Finding<Interval> OnEffectiveN(double mean, double standardError, double confidence = 0.95) =>
        EffectiveN(mean, standardError).Then(n => Of(mean * n, n, confidence));

    /// <summary>How many independent decisive prompts would give this standard error.</summary>
    public static Finding<double> EffectiveN(double mean, double standardError)
    {
        Guard.Proportion(mean);
        if (!(standardError > 0 && double.IsFinite(standardError)))
        {
            return Finding.Withheld<double>("the standard error is zero or unknown, so there is no effective number of prompts");
        }

        return mean is 0 or 1
            ? Finding.Withheld<double>("every prompt has the same winner, so the spread says nothing of the effective number of prompts")
            : Finding.Of(mean * (1 - mean) / (standardError * standardError));
    }

    private static double Lower(double k, double n, double z)
    {
        var z2 = z * z;
        var p = k / n;
        var root = z2 - 2 - (1 / n) + (4 * p * ((n - k) + 1));
        return ((2 * k) + z2 - 1 - (z * Math.Sqrt(Math.Max(0, root)))) / (2 * (n + z2));
    }
}
