using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Whether the decisive prompts favour one model more than a fair coin would; ties carry no sign and are left out.
/// Sources: J. Arbuthnot (1710); W. J. Dixon and A. M. Mood, JASA 41 (1946) 557; mid-p: H. O. Lancaster, JASA 56 (1961) 223.
/// </summary>
public static class SignTest
{
    /// <summary>The exact two-sided p-value; 1 without decisive prompts. Below 1e-308 it is reported as 0.</summary>
    public static double TwoSided(int bWins, int decisive)
    {
        Guard.Successes(bWins, decisive);
        return Math.Min(1, 2 * BinomialDistribution.Cdf(Math.Min(bWins, decisive - bWins), decisive, 0.5));
    }

    /// <summary>The two-sided mid-p value: half the mass of the observed outcome counts, less conservative, not strictly exact.</summary>
    public static double MidP(int bWins, int decisive)
    {
        Guard.Successes(bWins, decisive);
        var fewer = Math.Min(bWins, decisive - bWins);
        return 2 * fewer == decisive
            ? 1
            : (2 * BinomialDistribution.Cdf(fewer, decisive, 0.5)) - BinomialDistribution.Mass(fewer, decisive, 0.5);
    }

    /// <summary>The exact one-sided p-value of "B wins less often than a share <paramref name="p0"/>".</summary>
    public static double Less(int bWins, int decisive, double p0 = 0.5)
    {
        Guard.Successes(bWins, decisive);
        return BinomialDistribution.Cdf(bWins, decisive, p0);
    }
}
