using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The probability that a second proportion exceeds a first, both with independent Beta posteriors.
/// E. Miller, "Formulas for Bayesian A/B Testing" (2015), gives a sum for whole-number shapes; the integral used here takes any shape.
/// </summary>
public static class BetaComparison
{
    public static double ProbabilitySecondBetter(int k1, int n1, int k2, int n2, double priorAlpha = 1, double priorBeta = 1)
    {
        Guard.Successes(k1, n1);
        Guard.Successes(k2, n2);
        return ProbabilitySecondBetter(
            (k1 + priorAlpha, n1 - k1 + priorBeta),
            (k2 + priorAlpha, n2 - k2 + priorBeta));
    }

    /// <summary>
    /// The integral of F1 dF2 over the log-odds t, where both densities are analytic and fall off exponentially: the trapezoidal rule then
    /// converges geometrically (L. N. Trefethen and J. A. C. Weideman, SIAM Review 56 (2014) 385).
    /// </summary>
    private static double ProbabilitySecondBetter((double A, double B) first, (double A, double B) second)
    {
        var peak = Math.Log(second.A / second.B);
        var step = Math.Min(0.25, Math.Min(Spread(first), Spread(second)) / 4);
        var sum = Term(peak);
        foreach (var direction in (ReadOnlySpan<int>)[1, -1])
        {
            for (var i = 1; i < 1_000_000; i++)
            {
                var t = peak + (direction * i * step);
                sum += Term(t);
                if (Density(t) < 1e-18)
                {
                    break;
                }
            }
        }

        return Math.Clamp(sum * step, 0, 1);

        double Density(double t) => BetaDistribution.Kernel(Elementary.Logistic(t), Elementary.Logistic(-t), second.A, second.B);

        double Term(double t) => Density(t) * BetaDistribution.Cdf(Elementary.Logistic(t), Elementary.Logistic(-t), first.A, first.B);
    }

    private static double Spread((double A, double B) shape) => Math.Sqrt((1 / shape.A) + (1 / shape.B));
}
