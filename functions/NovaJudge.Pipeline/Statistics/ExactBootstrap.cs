using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Percentile and BCa intervals of the score from its exact bootstrap distribution: no seed, no Monte Carlo error.</summary>
public static class ExactBootstrap
{
    /// <summary>Withheld when nothing was scored or all verdicts are alike: resampling cannot vary then.</summary>
    public static Finding<BcaInterval> Of(int aWins, int bWins, int ties, double confidence = 0.95)
    {
        if (Degenerate(aWins, bWins, ties) is { } reason)
        {
            return Finding.Withheld<BcaInterval>(reason);
        }

        var distribution = ScoreDistribution.Of(aWins, bWins, ties);
        var mean = (bWins + (0.5 * ties)) / (aWins + bWins + ties);
        return BcaInterval.From(mean, distribution.MidShareBelow(mean), Acceleration(aWins, bWins, ties), confidence, distribution.Quantile);
    }

    /// <summary>The same from a finite number of multinomial replicates, for comparison with tools that resample.</summary>
    public static Finding<BcaInterval> Resampled(int aWins, int bWins, int ties, int replicates, Random random, double confidence = 0.95)
    {
        if (Degenerate(aWins, bWins, ties) is { } reason)
        {
            return Finding.Withheld<BcaInterval>(reason);
        }

        var mean = (bWins + (0.5 * ties)) / (aWins + bWins + ties);
        var sorted = ScoreDistribution.Of(aWins, bWins, ties).DrawSorted(replicates, random);
        return BcaInterval.FromSorted(mean, sorted, Acceleration(aWins, bWins, ties), confidence);
    }

    private static string? Degenerate(int aWins, int bWins, int ties)
    {
        Guard.NotNegative(aWins);
        Guard.NotNegative(bWins);
        Guard.NotNegative(ties);
        var kinds = (aWins > 0 ? 1 : 0) + (bWins > 0 ? 1 : 0) + (ties > 0 ? 1 : 0);
        return kinds switch
        {
            0 => "no prompt was scored",
            1 => "all verdicts are alike, so resampling them cannot vary",
            _ => null,
        };
    }

    private static double Acceleration(int aWins, int bWins, int ties)
    {
        double n = (double)aWins + bWins + ties, mean = (bWins + (0.5 * ties)) / n;
        double loss = -mean, tie = 0.5 - mean, win = 1 - mean;
        return BcaInterval.Skew(
            (aWins * loss * loss) + (ties * tie * tie) + (bWins * win * win),
            (aWins * loss * loss * loss) + (ties * tie * tie * tie) + (bWins * win * win * win));
    }
}
