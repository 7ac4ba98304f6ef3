namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>The distribution of b / (a + b) when all records, other ones among them, are resampled; values ascending, at least one decisive.</summary>
internal sealed record ResampledRate(double[] Values, double[] Cumulative)
{
    public static ResampledRate Of(int aWins, int bWins, int others)
    {
        var decisive = checked(aWins + bWins);
        if (decisive == 0)
        {
            return new([], []);
        }

        var n = checked(decisive + others);
        var masses = new SortedDictionary<double, double>();
        for (var d = others == 0 ? n : 1; d <= n; d++)
        {
            var ofDecisive = BinomialDistribution.Mass(d, n, (double)decisive / n);
            for (var b = 0; b <= d && ofDecisive > 1e-15; b++)
            {
                var mass = ofDecisive * BinomialDistribution.Mass(b, d, (double)bWins / decisive);
                if (mass > 1e-15)
                {
                    // Equal fractions divide to equal doubles, so they meet under one key.
                    masses[(double)b / d] = masses.GetValueOrDefault((double)b / d) + mass;
                }
            }
        }

        var total = masses.Values.Sum();
        var sum = 0.0;
        return new([.. masses.Keys], [.. masses.Values.Select(mass => Math.Min(1, (sum += mass) / total))]);
    }

    /// <summary>The distribution of 1 minus the rate.</summary>
    public ResampledRate Mirrored()
    {
        var values = Values.Select(value => 1 - value).Reverse().ToArray();
        var cumulative = new double[values.Length];
        for (var i = 0; i < cumulative.Length; i++)
        {
            var above = Values.Length - 2 - i;
            cumulative[i] = above < 0 ? 1 : 1 - Cumulative[above];
        }

        return new(values, cumulative);
    }
}
