using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Confidence sequences for the mean of any scores in [0, 1], ties included: valid at every look at once, each look narrowing the last.
/// Sources: I. Waudby-Smith and A. Ramdas, JRSS B 86 (2024) 1 (empirical Bernstein, predictable plug-in); S. R. Howard, A. Ramdas,
/// J. McAuliffe and J. Sekhon, Annals of Statistics 49 (2021) 1055 (normal mixture with the Hoeffding variance 1/4).
/// </summary>
public static class BoundedSequence
{
    /// <summary>One interval per score, adapting to the spread seen so far.</summary>
    /// <param name="values">In order of arrival, each in [0, 1].</param>
    /// <param name="alpha">One minus the confidence that all intervals hold.</param>
    /// <param name="largestBet">Cap of the weights, inside (0, 1): affects width, never validity.</param>
    public static Interval[] EmpiricalBernstein(ReadOnlySpan<double> values, double alpha = 0.05, double largestBet = 0.5)
    {
        Guard.Confidence(alpha);
        Guard.Confidence(largestBet);
        var path = new Interval[values.Length];
        double sum = 0, squares = 0, mean = 0.5, variance = 0.25, weights = 0, weighted = 0, budget = Math.Log(2 / alpha);
        for (var i = 0; i < values.Length; i++)
        {
            var x = values[i];
            Guard.Proportion(x, nameof(values));
            var t = i + 1.0;

            // The weight may use only what was seen before this score.
            var weight = Math.Min(largestBet, Math.Sqrt(2 * Math.Log(1 / alpha) / (variance * t * Elementary.Log1P(t))));
            weights += weight;
            weighted += weight * x;
            budget += (x - mean) * (x - mean) * (-Elementary.Log1P(-weight) - weight);
            sum += x;
            mean = (0.5 + sum) / (t + 1);
            squares += (x - mean) * (x - mean);
            variance = (0.25 + squares) / (t + 1);
            path[i] = Narrowed(path, i, weighted / weights, budget / weights);
        }

        return path;
    }

    /// <summary>One interval per score, not adapting; tightest at about <paramref name="targetN"/> scores, which must be chosen beforehand.</summary>
    public static Interval[] Hoeffding(ReadOnlySpan<double> values, double alpha = 0.05, int targetN = 1000)
    {
        Guard.Confidence(alpha);
        Guard.Positive(targetN);
        var path = new Interval[values.Length];
        var prior = 0.25 * targetN / (2 * Math.Log(1 / alpha));
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            Guard.Proportion(values[i], nameof(values));
            sum += values[i];
            var t = i + 1.0;
            var time = (0.25 * t) + prior;
            path[i] = Narrowed(path, i, sum / t, Math.Sqrt(2 * time * Math.Log(Math.Sqrt(time / prior) / alpha)) / t);
        }

        return path;
    }

    private static Interval Narrowed(Interval[] path, int i, double center, double margin)
    {
        var now = new Interval(center - margin, center + margin).ClippedTo(0, 1);
        var before = i == 0 ? Interval.Unit : path[i - 1];
        return new(Math.Max(before.Low, now.Low), Math.Min(before.High, now.High));
    }
}
