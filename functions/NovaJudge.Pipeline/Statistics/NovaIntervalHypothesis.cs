using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// How unstable the judge container's own interval is, if (inferred, not documented) it is the 2.5% and 97.5% percentiles, linearly
/// interpolated, of about 100 bootstrap resamples of all records. Exact: order statistics of the resampled win rate, no simulation.
/// </summary>
public sealed record NovaIntervalHypothesis
{
    /// <summary>Above so many records the enumeration is not worth its time.</summary>
    public const int MostRecords = 200;

    /// <summary>The most likely interval, before rounding, that prints as the given pair.</summary>
    public required Interval Interval { get; init; }

    /// <summary>How often a rerun on the same verdicts would print the same pair.</summary>
    public required double ProbabilityOfPrintedPair { get; init; }

    /// <summary>Withheld when no such bootstrap prints the pair, or when there is nothing or too much to enumerate.</summary>
    /// <param name="aWins">Passes won by A.</param>
    /// <param name="bWins">Passes won by B.</param>
    /// <param name="ties">Tied passes, resampled but outside the win rate.</param>
    /// <param name="errors">Failed passes, resampled but outside the win rate.</param>
    /// <param name="printed">The interval as reported, to two decimals.</param>
    /// <param name="replicates">Resamples per interval.</param>
    public static Finding<NovaIntervalHypothesis> Of(int aWins, int bWins, int ties, int errors, Interval printed, int replicates = 100)
    {
        if (checked(aWins + bWins + ties + errors) > MostRecords)
        {
            return Finding.Withheld<NovaIntervalHypothesis>($"above {MostRecords} records the enumeration is not worth its time");
        }

        var rates = ResampledRate.Of(aWins, bWins, checked(ties + errors));
        if (rates.Values.Length < 2)
        {
            return Finding.Withheld<NovaIntervalHypothesis>("the resampled win rate cannot vary");
        }

        var lower = PairsPrinting(printed.Low, rates, replicates, 0.025);
        var upper = PairsPrinting(printed.High, rates, replicates, 0.975);
        double total = 0, best = 0;
        Interval? likeliest = null;
        foreach (var low in lower)
        {
            foreach (var high in upper)
            {
                var probability = ProbabilityOfCounts([.. low.Limits, .. high.Limits], replicates);
                total += probability;
                if (probability > best)
                {
                    (best, likeliest) = (probability, new(low.Value, high.Value));
                }
            }
        }

        return likeliest is { } interval
            ? Finding.Of(new NovaIntervalHypothesis { Interval = interval, ProbabilityOfPrintedPair = total })
            : Finding.Withheld<NovaIntervalHypothesis>($"no bootstrap of {replicates} resamples prints {printed.Low} to {printed.High} for these counts");
    }

    /// <summary>At least and at most so many replicates lie at or below a point that a share of the distribution lies at or below.</summary>
    private readonly record struct Limit(double Share, int Least, int Most);

    private readonly record struct Bound(double Value, Limit[] Limits);

    /// <summary>All pairs of neighbouring order statistics whose interpolation prints as the given figure.</summary>
    private static List<Bound> PairsPrinting(double printed, ResampledRate rates, int replicates, double p)
    {
        var h = (replicates - 1) * p;
        var rank = (int)h + 1;
        var bounds = new List<Bound>();
        for (var i = 0; i < rates.Values.Length; i++)
        {
            for (var j = i; j < rates.Values.Length; j++)
            {
                var value = rates.Values[i] + ((h - (rank - 1)) * (rates.Values[j] - rates.Values[i]));
                Limit[] limits = [.. AtRank(i, rank), .. AtRank(j, rank + 1)];
                if (Math.Round(value, 2) == Math.Round(printed, 2) && ProbabilityOfCounts(limits, replicates) > 1e-9)
                {
                    bounds.Add(new(value, limits));
                }
            }
        }

        return bounds;

        IEnumerable<Limit> AtRank(int index, int at) =>
            [new(index == 0 ? 0 : rates.Cumulative[index - 1], 0, at - 1), new(rates.Cumulative[index], at, replicates)];
    }

    /// <summary>The probability that the numbers of replicates below rising points keep all limits: a Markov chain from point to point.</summary>
    private static double ProbabilityOfCounts(Limit[] limits, int replicates)
    {
        Array.Sort(limits, (x, y) => x.Share.CompareTo(y.Share));
        var current = new double[replicates + 1];
        current[0] = 1;
        var passed = 0.0;
        foreach (var limit in limits)
        {
            var next = new double[replicates + 1];
            var share = passed < 1 ? Math.Min(1, (limit.Share - passed) / (1 - passed)) : 0;
            for (var count = 0; count <= replicates; count++)
            {
                for (var more = 0; current[count] > 0 && count + more <= limit.Most; more++)
                {
                    if (count + more >= limit.Least)
                    {
                        next[count + more] += current[count] * BinomialDistribution.Mass(more, replicates - count, share);
                    }
                }
            }

            (current, passed) = (next, limit.Share);
        }

        return current.Sum();
    }
}
