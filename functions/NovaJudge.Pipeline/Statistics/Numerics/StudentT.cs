namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>Student's t distribution, by the incomplete beta function (DLMF 8.17; Abramowitz and Stegun 26.7.1).</summary>
public static class StudentT
{
    /// <summary>The two-sided p-value of a t statistic with the given degrees of freedom.</summary>
    public static double TwoSidedP(double t, double degreesOfFreedom)
    {
        Guard.Positive(degreesOfFreedom);
        if (double.IsInfinity(t))
        {
            return 0;
        }

        var square = t * t;
        var whole = degreesOfFreedom + square;
        return BetaDistribution.Cdf(degreesOfFreedom / whole, square / whole, degreesOfFreedom / 2, 0.5);
    }

    /// <summary>The critical value of a two-sided interval, 2.776 for 0.95 with 4 degrees of freedom.</summary>
    public static double TwoSided(double confidence, double degreesOfFreedom)
    {
        Guard.Confidence(confidence);
        Guard.Positive(degreesOfFreedom);

        // t^2 / (df + t^2) follows Beta(1/2, df/2); for heavy tails its complement keeps the digits.
        if (degreesOfFreedom > 2)
        {
            var y = BetaDistribution.Quantile(confidence, 0.5, degreesOfFreedom / 2);
            return Math.Sqrt(degreesOfFreedom * y / (1 - y));
        }

        var x = BetaDistribution.Quantile(1 - confidence, degreesOfFreedom / 2, 0.5);
        return Math.Sqrt(degreesOfFreedom * (1 - x) / x);
    }
}
