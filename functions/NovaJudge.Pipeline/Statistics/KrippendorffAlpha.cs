using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>How far two values of a rating scale lie apart.</summary>
public enum RatingScale
{
    /// <summary>Names: the same or not.</summary>
    Nominal,

    /// <summary>Ranks.</summary>
    Ordinal,

    /// <summary>Numbers whose differences mean something.</summary>
    Interval,

    /// <summary>Positive numbers whose ratios mean something.</summary>
    Ratio,
}

/// <summary>
/// Reliability of any number of raters with missing ratings: 1 - observed over expected disagreement, from the coincidence matrix.
/// Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); his example D gives .743, .815, .849, .797.
/// </summary>
public static class KrippendorffAlpha
{
    /// <param name="raters">One row per rater, one column per item; null where a rater did not rate an item.</param>
    /// <param name="scale">Of the values.</param>
    public static Finding<double> Of(IReadOnlyList<IReadOnlyList<double?>> raters, RatingScale scale)
    {
        ArgumentNullException.ThrowIfNull(raters);
        var items = raters.Count == 0 ? 0 : raters[0].Count;
        foreach (var rater in raters)
        {
            Guard.SameLength(items, rater.Count, "Items of the first rater and of another");
        }

        double[] values = [.. raters.SelectMany(rater => rater).OfType<double>().Distinct().Order()];
        var coincidences = Coincidences(raters, items, values);
        var totals = new double[values.Length];
        for (var v = 0; v < values.Length; v++)
        {
            for (var w = 0; w < values.Length; w++)
            {
                totals[v] += coincidences[v, w];
            }
        }

        var n = totals.Sum();
        double observed = 0, expected = 0;
        for (var v = 0; v < values.Length; v++)
        {
            for (var w = 0; w < values.Length; w++)
            {
                var distance = SquaredDistance(scale, values, totals, v, w);
                observed += coincidences[v, w] * distance;
                expected += totals[v] * totals[w] * distance;
            }
        }

        if (n == 0)
        {
            return Finding.Withheld<double>("no item was rated twice");
        }

        return expected > 0
            ? Finding.Of(1 - ((n - 1) * observed / expected))
            : Finding.Withheld<double>("all ratings are equal, so no disagreement was possible");
    }

    /// <summary>Each pair of ratings of one item counts 1 / (ratings of the item - 1).</summary>
    private static double[,] Coincidences(IReadOnlyList<IReadOnlyList<double?>> raters, int items, double[] values)
    {
        var coincidences = new double[values.Length, values.Length];
        var times = new int[values.Length];
        for (var item = 0; item < items; item++)
        {
            Array.Clear(times);
            var ratings = 0;
            foreach (var rater in raters)
            {
                if (rater[item] is { } value)
                {
                    times[Array.BinarySearch(values, value)]++;
                    ratings++;
                }
            }

            for (var v = 0; v < values.Length && ratings > 1; v++)
            {
                for (var w = 0; w < values.Length; w++)
                {
                    coincidences[v, w] += times[v] * (double)(times[w] - (v == w ? 1 : 0)) / (ratings - 1);
                }
            }
        }

        return coincidences;
    }

    private static double SquaredDistance(RatingScale scale, double[] values, double[] totals, int v, int w)
    {
        if (v == w)
        {
            return 0;
        }

        double a = values[v], b = values[w];
        switch (scale)
        {
            case RatingScale.Nominal:
                return 1;
            case RatingScale.Ordinal:
                var between = -(totals[v] + totals[w]) / 2;
                for (var g = Math.Min(v, w); g <= Math.Max(v, w); g++)
                {
                    between += totals[g];
                }

                return between * between;
            case RatingScale.Interval:
                return (a - b) * (a - b);
            case RatingScale.Ratio:
                return a + b == 0 ? 0 : Math.Pow((a - b) / (a + b), 2);
            default:
                throw new ArgumentOutOfRangeException(nameof(scale), scale, "No such rating scale.");
        }
    }
}
