using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Evidence on a win rate that stays valid however often one looks: the e-value of rate p0 is the Beta-mixture likelihood over the likelihood at p0;
/// a true p0 reaches 1/alpha with probability at most alpha, ever. Sources: J. Ville (1939); H. Robbins, Annals of Mathematical Statistics 41
/// (1970) 1397.
/// </summary>
public static class BetaBinomialSequence
{
    /// <summary>ln E: prior density over posterior density at p0; infinite where the data exclude p0 outright.</summary>
    public static double LogE(int successes, int n, double p0, double priorAlpha = 1, double priorBeta = 1)
    {
        Guard.Successes(successes, n);
        Guard.Proportion(p0);
        if (p0 is 0 or 1)
        {
            return p0 == 0 ? AtZero(successes, n, priorAlpha, priorBeta) : AtZero(n - successes, n, priorBeta, priorAlpha);
        }

        return BetaDistribution.LogKernel(p0, 1 - p0, priorAlpha, priorBeta)
            - BetaDistribution.LogKernel(p0, 1 - p0, successes + priorAlpha, n - successes + priorBeta);
    }

    /// <summary>At most the largest finite number.</summary>
    public static double E(int successes, int n, double p0 = 0.5, double priorAlpha = 1, double priorBeta = 1) =>
        Math.Min(double.MaxValue, Math.Exp(LogE(successes, n, p0, priorAlpha, priorBeta)));

    /// <summary>min(1, 1/E): small only if p0 is false, whenever one stops.</summary>
    public static double AnytimeP(int successes, int n, double p0 = 0.5, double priorAlpha = 1, double priorBeta = 1) =>
        Math.Min(1, Math.Exp(-LogE(successes, n, p0, priorAlpha, priorBeta)));

    /// <summary>All rates p0 whose e-value stays below 1/alpha; [0, 1] without data.</summary>
    public static Interval Of(int successes, int n, double alpha = 0.05, double priorAlpha = 1, double priorBeta = 1)
    {
        Guard.Successes(successes, n);
        Guard.Confidence(alpha);
        if (n == 0)
        {
            return Interval.Unit;
        }

        var limit = -Math.Log(alpha);
        var best = (double)successes / n;
        return new(End(0), End(1));

        // ln E is convex in p0, infinite at an end the data exclude, and lowest at the observed rate.
        double End(double bound)
        {
            if (best == bound || LogE(successes, n, bound, priorAlpha, priorBeta) < limit)
            {
                return bound;
            }

            return Root.Find(
                p => LogE(successes, n, p, priorAlpha, priorBeta) - limit,
                Math.Min(bound, best),
                Math.Max(bound, best));
        }
    }

    /// <summary>At p0 = 0 any success is impossible; without one E is B(alpha, n + beta) / B(alpha, beta).</summary>
    private static double AtZero(int successes, int n, double alpha, double beta)
    {
        if (successes > 0)
        {
            return double.PositiveInfinity;
        }

        // The same ratio read at 1/2, where both kernels are finite.
        return BetaDistribution.LogKernel(0.5, 0.5, alpha, beta) - BetaDistribution.LogKernel(0.5, 0.5, alpha, n + beta) - (n * Math.Log(2));
    }
}
