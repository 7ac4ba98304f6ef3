namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>
/// The lower 2.5% percentile of some replicates of a discrete rate, as far as it prints as a given figure: its likeliest value, and the probability
/// of that together with each number of replicates below the median.
/// </summary>
internal sealed record PercentileEnd(double Likeliest, double[] WithBelowMedian)
{
    /// <summary>At least and at most so many replicates lie at or below a point that a share of the distribution lies at or below.</summary>
    private readonly record struct Limit(double Share, int Least, int Most);

    public static PercentileEnd Of(ResampledRate rates, double printed, int replicates)
    {
        var h = (replicates - 1) * 0.025;
        var rank = (int)h + 1;
        double best = 0, likeliest = double.NaN;

        // Pairs of neighbouring order statistics that end at the same point go on together.
        var byEnd = new SortedDictionary<double, double[]>();
        for (var i = 0; i < rates.Values.Length; i++)
        {
            for (var j = i; j < rates.Values.Length && rates.Cumulative[j] <= 0.5; j++)
            {
                var value = rates.Values[i] + ((h - (rank - 1)) * (rates.Values[j] - rates.Values[i]));
                if (Math.Abs(value - printed) > 0.005 + 1e-12)
                {
                    continue;
                }

                var reached = Walk([1], 0, [.. At(i, rank), .. At(j, rank + 1)], replicates);
                var probability = reached.Sum();
                if (probability > best)
                {
                    (best, likeliest) = (probability, value);
                }

                if (!byEnd.TryGetValue(rates.Cumulative[j], out var sums))
                {
                    byEnd.Add(rates.Cumulative[j], sums = new double[replicates + 1]);
                }

                for (var count = 0; count <= replicates; count++)
                {
                    sums[count] += reached[count];
                }
            }
        }

        var total = new double[replicates + 1];
        foreach (var (share, reached) in byEnd)
        {
            var atMedian = Walk(reached, share, [new(0.5, 0, replicates)], replicates);
            for (var count = 0; count <= replicates; count++)
            {
                total[count] += atMedian[count];
            }
        }

        return new(likeliest, total);

        // The order statistic of a rank lies at a value when fewer replicates lie below it, and enough at or below.
        IEnumerable<Limit> At(int index, int at) =>
            [new(index == 0 ? 0 : rates.Cumulative[index - 1], 0, at - 1), new(rates.Cumulative[index], at, replicates)];
    }

    /// <summary>The joint probability that the numbers of replicates at or below rising points keep all limits, by the last number.</summary>
    private static double[] Walk(double[] start, double passed, Limit[] limits, int replicates)
    {
        Array.Sort(limits, (x, y) => x.Share.CompareTo(y.Share));
        for (var i = limits.Length - 2; i >= 0; i--)
        {
            limits[i] = limits[i] with { Most = Math.Min(limits[i].Most, limits[i + 1].Most) };
        }

        var current = start;
        foreach (var limit in limits)
        {
            var next = new double[replicates + 1];
            var share = Math.Clamp((limit.Share - passed) / (1 - passed), 0, 1);
            for (var count = 0; count < current.Length; count++)
            {
                for (var reached = Math.Max(count, limit.Least); current[count] > 1e-15 && reached <= limit.Most; reached++)
                {
                    next[reached] += current[count] * BinomialDistribution.Mass(reached - count, replicates - count, share);
                }
            }

            (current, passed) = (next, limit.Share);
        }

        return current;
    }
}
