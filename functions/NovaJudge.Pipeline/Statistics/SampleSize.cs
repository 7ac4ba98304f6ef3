using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// How many decisive prompts it takes to tell a win rate from another, two-sided. Source: J. L. Fleiss, B. Levin and M. C. Paik,
/// Statistical Methods for Rates and Proportions, 3rd edition, section 2.5; power of the test itself by summing its rejection region.
/// </summary>
public static class SampleSize
{
    /// <summary>The normal approximation, not rounded up; withheld when the two rates are equal.</summary>
    public static Finding<double> ForWinRate(double p1, double p0 = 0.5, double alpha = 0.05, double power = 0.8)
    {
        Guard.Proportion(p1);
        Guard.Proportion(p0);
        Guard.Confidence(power);
        var za = StandardNormal.TwoSided(1 - alpha);
        var zb = StandardNormal.Quantile(power);
        if (p1 == p0)
        {
            return Finding.Withheld<double>("no number of prompts can tell two equal win rates apart");
        }

        var root = ((za * Math.Sqrt(p0 * (1 - p0))) + (zb * Math.Sqrt(p1 * (1 - p1)))) / (p1 - p0);
        return Finding.Of(root * root);
    }

    /// <summary>The probability that the exact two-sided test of rate <paramref name="p0"/> rejects among n decisive prompts when the true rate is p1.</summary>
    public static double ExactPower(int n, double p1, double p0 = 0.5, double alpha = 0.05)
    {
        Guard.NotNegative(n);
        var (low, high) = ExactTest.Rejection(n, p0, alpha);
        return Math.Min(1, BinomialDistribution.Cdf(low, n, p1) + BinomialDistribution.UpperTail(high, n, p1));
    }

    /// <summary>Prompts for a paired comparison of mean scores. Source: E. Miller, arXiv:2411.00640, section 5.</summary>
    /// <param name="difference">The difference of mean scores to detect.</param>
    /// <param name="varianceOfDifference">Between prompts, of the difference of expected scores (omega squared).</param>
    /// <param name="varianceA">Within a prompt, of the first model's score.</param>
    /// <param name="varianceB">Within a prompt, of the second model's score.</param>
    /// <param name="samplesA">Answers per prompt of the first model.</param>
    /// <param name="samplesB">Answers per prompt of the second model.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="power">Probability of detection.</param>
    public static Finding<double> Paired(
        double difference, double varianceOfDifference, double varianceA, double varianceB, int samplesA = 1, int samplesB = 1, double alpha = 0.05, double power = 0.8)
    {
        Guard.Confidence(power);
        Guard.Positive(samplesA);
        Guard.Positive(samplesB);
        var z = StandardNormal.TwoSided(1 - alpha) + StandardNormal.Quantile(power);
        return difference == 0
            ? Finding.Withheld<double>("no number of prompts can detect a difference of zero")
            : Finding.Of(z * z * (varianceOfDifference + (varianceA / samplesA) + (varianceB / samplesB)) / (difference * difference));
    }

    /// <summary>Prompts for McNemar's test, from the shares of discordant prompts. Source: R. J. Connor, Biometrics 43 (1987) 207.</summary>
    public static Finding<double> McNemar(double p10, double p01, double alpha = 0.05, double power = 0.8)
    {
        Guard.Proportion(p10);
        Guard.Proportion(p01);
        Guard.Proportion(p10 + p01);
        Guard.Confidence(power);
        double discordant = p10 + p01, difference = p01 - p10;
        var root = (StandardNormal.TwoSided(1 - alpha) * Math.Sqrt(discordant))
            + (StandardNormal.Quantile(power) * Math.Sqrt(Math.Max(0, discordant - (difference * difference))));
        return difference == 0
            ? Finding.Withheld<double>("no number of prompts can detect a difference of zero")
            : Finding.Of(root * root / (difference * difference));
    }
}
