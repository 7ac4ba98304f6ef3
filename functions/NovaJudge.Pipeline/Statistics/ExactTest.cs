using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The exact two-sided test that a win rate equals p0, counting all outcomes no more probable than the observed one; at p0 = 1/2 it is the
/// sign test. Source: W. J. Conover, Practical Nonparametric Statistics, 3rd edition, section 3.1.
/// </summary>
public static class ExactTest
{
    // Outcomes of equal probability differ in their last digits.
    private const double Equal = 1 + 1e-9;

    public static double TwoSided(int successes, int n, double p0)
    {
        Guard.Successes(successes, n);
        Guard.Proportion(p0);
        if (p0 is 0 or 1)
        {
            return successes == n * p0 ? 1 : 0;
        }

        var observed = BinomialDistribution.Mass(successes, n, p0) * Equal;
        if (successes <= n * p0)
        {
            // Above the mode masses fall: the first one small enough starts the other tail.
            var start = FirstWhere((int)Math.Ceiling(n * p0), n, k => BinomialDistribution.Mass(k, n, p0) <= observed);
            return Math.Min(1, BinomialDistribution.Cdf(successes, n, p0) + (start > successes ? BinomialDistribution.UpperTail(start, n, p0) : 1));
        }

        var end = FirstWhere(0, (int)Math.Floor(n * p0), k => BinomialDistribution.Mass(k, n, p0) > observed) - 1;
        return Math.Min(1, BinomialDistribution.UpperTail(successes, n, p0) + BinomialDistribution.Cdf(end, n, p0));
    }

    /// <summary>The test rejects at or below Low and at or above High; -1 and n + 1 where it never does.</summary>
    public static (int Low, int High) Rejection(int n, double p0, double alpha)
    {
        Guard.NotNegative(n);
        Guard.Proportion(p0);
        Guard.Confidence(alpha);
        var mode = (int)Math.Min(n, Math.Floor((n + 1.0) * p0));
        var low = FirstWhere(0, mode, k => TwoSided(k, n, p0) > alpha) - 1;
        var high = FirstWhere(mode, n, k => TwoSided(k, n, p0) <= alpha);
        return (low, high);
    }

    /// <summary>The first number of a range from which on a condition holds, by bisection; one past the range when it never does.</summary>
    private static int FirstWhere(int from, int to, Func<int, bool> holds)
    {
        var past = to + 1;
        while (from < past)
        {
            var middle = from + ((past - from) / 2);
            if (holds(middle))
            {
                past = middle;
            }
            else
            {
                from = middle + 1;
            }
        }

        return from;
    }
}
