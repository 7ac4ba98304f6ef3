namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>The number of successes in n independent trials; exact sums of exact masses, in O(sqrt n) terms.</summary>
public static class BinomialDistribution
{
    public static double Mass(int k, int n, double p) => BinomialPoint.Mass(k, n, p, 1 - p);

    /// <summary>P(X &lt;= k).</summary>
    public static double Cdf(int k, int n, double p)
    {
        Guard.Proportion(p);
        if (k < 0)
        {
            return 0;
        }

        return k >= n ? 1 : k <= n * p ? LowerTail(k, n, p, 1 - p) : 1 - LowerTail(n - k - 1, n, 1 - p, p);
    }

    /// <summary>P(X &gt;= k).</summary>
    public static double UpperTail(int k, int n, double p)
    {
        Guard.Proportion(p);
        if (k > n)
        {
            return 0;
        }

        return k <= 0 ? 1 : k >= n * p ? LowerTail(n - k, n, 1 - p, p) : 1 - LowerTail(k - 1, n, p, 1 - p);
    }

    /// <summary>Sums from k downwards, where the masses fall, until they no longer count.</summary>
    private static double LowerTail(int k, int n, double p, double q)
    {
        var mass = BinomialPoint.Mass(k, n, p, q);
        var sum = mass;
        var odds = q / p;
        for (var i = k; i > 0 && mass > sum * 1e-18; i--)
        {
            mass *= i * odds / (n - i + 1);
            sum += mass;
        }

        return Math.Min(sum, 1);
    }
}
