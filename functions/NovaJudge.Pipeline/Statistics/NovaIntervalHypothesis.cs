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

    private const int MostRates = 2_000;

    /// <summary>The most likely ends, before rounding, that print as the given pair.</summary>
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

        if (rates.Values.Length > MostRates)
        {
            return Finding.Withheld<NovaIntervalHypothesis>("so many ties and errors make the resampled win rate take too many values to enumerate");
        }

        // Seen from above, the upper end is a lower end. Given how many replicates fall below the median the two are independent.
        var lower = PercentileEnd.Of(rates, printed.Low, replicates);
        var upper = PercentileEnd.Of(rates.Mirrored(), 1 - printed.High, replicates);
        var probability = 0.0;
        for (var below = 0; below <= replicates; below++)
        {
            var here = BinomialDistribution.Mass(below, replicates, 0.5);
            probability += here > 0 ? lower.WithBelowMedian[below] * upper.WithBelowMedian[replicates - below] / here : 0;
        }

        return probability > 0
            ? Finding.Of(new NovaIntervalHypothesis { Interval = new(lower.Likeliest, 1 - upper.Likeliest), ProbabilityOfPrintedPair = probability })
            : Finding.Withheld<NovaIntervalHypothesis>($"no bootstrap of {replicates} resamples prints {printed.Low} to {printed.High} for these counts");
    }
}
