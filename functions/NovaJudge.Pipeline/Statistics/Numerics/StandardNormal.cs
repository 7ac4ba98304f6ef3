using MathNet.Numerics;

namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class StandardNormal
{
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>The value below which a share <paramref name="p"/> of the distribution lies; infinite at 0 and 1.</summary>
    public static double Quantile(double p) => p switch
    {
        <= 0 => double.NegativeInfinity,
        >= 1 => double.PositiveInfinity,
        _ => -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p),
    };

    /// <summary>The critical value of a two-sided interval, 1.96 for 0.95.</summary>
    public static double TwoSided(double confidence)
    {
        Guard.Confidence(confidence);
        return -Quantile((1 - confidence) / 2);
    }

    /// <summary>The two-sided p-value of a z statistic.</summary>
    public static double TwoSidedP(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));
}
