using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The equal-tailed interval of the Beta(1/2, 1/2) posterior, opened to 0 or 1 when nothing or everything succeeded.
/// Source: L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001) 101.
/// </summary>
public static class JeffreysInterval
{
    public static Interval Of(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        Guard.Confidence(confidence);
        var tail = (1 - confidence) / 2;
        return new(
            successes == 0 ? 0 : BetaDistribution.Quantile(tail, successes + 0.5, n - successes + 0.5),
            successes == n ? 1 : 1 - BetaDistribution.Quantile(tail, n - successes + 0.5, successes + 0.5));
    }
}
