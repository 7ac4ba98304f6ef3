using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Whether two means differ, with unequal variances and no pairs. Source: B. L. Welch, Biometrika 34 (1947) 28.</summary>
public static class WelchTest
{
    /// <summary>The two-sided p-value; withheld when neither side varies.</summary>
    public static Finding<double> P(double mean1, double variance1, int n1, double mean2, double variance2, int n2)
    {
        if (n1 < 2 || n2 < 2)
        {
            return Finding.Withheld<double>("each side needs at least two values");
        }

        double share1 = variance1 / n1, share2 = variance2 / n2, whole = share1 + share2;
        if (!(whole > 0))
        {
            return Finding.Withheld<double>("neither side varies");
        }

        var degreesOfFreedom = whole * whole / ((share1 * share1 / (n1 - 1)) + (share2 * share2 / (n2 - 1)));
        return Finding.Of(StudentT.TwoSidedP((mean1 - mean2) / Math.Sqrt(whole), degreesOfFreedom));
    }
}
