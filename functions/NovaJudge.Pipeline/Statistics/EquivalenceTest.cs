using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Two one-sided tests that a score lies within a margin of 1/2: equal to asking whether its 1 - 2 alpha interval does.
/// Source: D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987) 657.
/// </summary>
public static class EquivalenceTest
{
    /// <summary>The larger of the two one-sided p-values; withheld without a standard error.</summary>
    /// <param name="estimate">Of the score.</param>
    /// <param name="standardError">Of the score.</param>
    /// <param name="margin">Half the width of the range around 1/2 that counts as equal.</param>
    /// <param name="degreesOfFreedom">Of the standard error; infinite for the normal distribution.</param>
    public static Finding<double> P(double estimate, double standardError, double margin, double degreesOfFreedom = double.PositiveInfinity)
    {
        Guard.Positive(margin);
        if (!(standardError > 0 && double.IsFinite(standardError)))
        {
            return Finding.Withheld<double>("the standard error is zero or unknown");
        }

        var nearest = (margin - Math.Abs(estimate - 0.5)) / standardError;
        var twoSided = double.IsInfinity(degreesOfFreedom) ? StandardNormal.TwoSidedP(nearest) : StudentT.TwoSidedP(nearest, degreesOfFreedom);
        return Finding.Of(nearest > 0 ? twoSided / 2 : 1 - (twoSided / 2));
    }

    /// <summary>Whether an interval (90% for a test at 5%) lies strictly within the margin of 1/2.</summary>
    public static bool Holds(Interval interval, double margin) => interval.IsInside(0.5 - margin, 0.5 + margin);
}
