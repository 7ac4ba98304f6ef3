using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Whether two proportions differ, given their margins. Source: R. A. Fisher, The Design of Experiments (1935).</summary>
public static class FisherExactTest
{
    /// <summary>The two-sided p-value: the mass of all tables no more probable than the observed one; 1 where the margins leave one table.</summary>
    public static double TwoSided(int k1, int n1, int k2, int n2)
    {
        Guard.Successes(k1, n1);
        Guard.Successes(k2, n2);
        var successes = checked(k1 + k2);
        int least = Math.Max(0, successes - n2), most = Math.Min(n1, successes);
        if (least == most)
        {
            return 1;
        }

        // Masses relative to the observed table, walked outwards from it; equal ones differ by rounding only.
        const double Equal = 1 + 1e-9;
        double total = 1, extreme = 1, mass = 1;
        for (var k = k1; k < most && (mass > 1e-18 || Rises(k)); k++)
        {
            mass *= Ratio(k);
            Count(mass);
        }

        mass = 1;
        for (var k = k1; k > least && (mass > 1e-18 || !Rises(k - 1)); k--)
        {
            mass /= Ratio(k - 1);
            Count(mass);
        }

        return Math.Min(1, extreme / total);

        double Ratio(int k) => (double)(n1 - k) / (k + 1) * (successes - k) / (n2 - successes + k + 1);

        bool Rises(int k) => Ratio(k) > 1;

        void Count(double value)
        {
            total += value;
            extreme += value <= Equal ? value : 0;
        }
    }
}
