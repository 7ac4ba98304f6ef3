using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>The exact interval of a proportion: never below its confidence, so wide. Source: Clopper and Pearson, Biometrika 26 (1934) 404.</summary>
public static class ClopperPearsonInterval
{
    public static Interval Of(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        Guard.Confidence(confidence);
        var tail = (1 - confidence) / 2;
        return new(
            successes == 0 ? 0 : BetaDistribution.Quantile(tail, successes, n - successes + 1),
            successes == n ? 1 : 1 - BetaDistribution.Quantile(tail, n - successes, successes + 1));
    }
}
