using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Agreement of several raters, equally many per item. Source: J. L. Fleiss, Psychol. Bull. 76 (1971) 378; his example gives 0.210.</summary>
public static class FleissKappa
{
    /// <param name="counts">One row per item: how many raters chose each category. Withheld when rows hold different numbers of ratings.</param>
    public static Finding<double> Of(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 0)
        {
            return Finding.Withheld<double>("no item was rated");
        }

        var raters = counts[0].Sum();
        var shares = new double[counts[0].Count];
        var agreement = 0.0;
        foreach (var row in counts)
        {
            Guard.SameLength(shares.Length, row.Count, "Categories of the first row and of another");
            if (row.Sum() != raters || raters < 2)
            {
                return Finding.Withheld<double>("each item needs the same number of raters, two or more; Krippendorff's alpha takes any number");
            }

            var pairs = 0.0;
            for (var c = 0; c < shares.Length; c++)
            {
                Guard.NotNegative(row[c]);
                shares[c] += (double)row[c] / raters / counts.Count;
                pairs += row[c] * (row[c] - 1.0);
            }

            agreement += pairs / (raters * (raters - 1.0)) / counts.Count;
        }

        var chance = shares.Sum(share => share * share);
        return 1 - chance > 1e-15
            ? Finding.Of((agreement - chance) / (1 - chance))
            : Finding.Withheld<double>("all raters used one and the same category throughout");
    }
}
