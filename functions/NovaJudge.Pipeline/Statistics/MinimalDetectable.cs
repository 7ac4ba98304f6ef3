using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>The smallest win rate above 1/2 that n decisive prompts would find with the given power: the inverse of <see cref="SampleSize"/>.</summary>
public static class MinimalDetectable
{
    /// <summary>By the normal approximation; withheld when even a model that always wins would be missed too often.</summary>
    public static Finding<double> WinRate(double n, double alpha = 0.05, double power = 0.8)
    {
        Guard.Confidence(power);
        var atBest = SampleSize.ForWinRate(1, 0.5, alpha, power).Value;
        return n < atBest
            ? Finding.Withheld<double>($"with {n:0} decisive prompts even a model that always wins is not found")
            : Finding.Of(Root.Find(p => Shortfall(p), 0.5, 1));

        // Infinite at 1/2, where no number suffices.
        double Shortfall(double p) => p == 0.5 ? double.PositiveInfinity : SampleSize.ForWinRate(p, 0.5, alpha, power).Value - n;
    }

    /// <summary>By the exact power of the sign test.</summary>
    public static Finding<double> WinRateBySignTest(int n, double alpha = 0.05, double power = 0.8)
    {
        Guard.NotNegative(n);
        Guard.Confidence(power);
        var (low, high) = ExactTest.Rejection(n, 0.5, alpha);
        if (high > n)
        {
            return Finding.Withheld<double>($"with {n} decisive prompts the sign test never reaches p < {alpha}, even if all agree");
        }

        return power <= alpha && Power(0.5) >= power
            ? Finding.Of(0.5)
            : Finding.Of(Root.Find(p => Power(p) - power, 0.5, 1));

        double Power(double p) => BinomialDistribution.Cdf(low, n, p) + BinomialDistribution.UpperTail(high, n, p);
    }
}
