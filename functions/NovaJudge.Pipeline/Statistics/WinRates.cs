using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The win rate of B under each convention for ties: the score counts a tie as half a win, the decisive rate leaves ties out.
/// Only scored prompts enter; an error is never a win or a loss.
/// </summary>
public sealed record WinRates
{
    public required int AWins { get; init; }

    public required int BWins { get; init; }

    public required int Ties { get; init; }

    /// <summary>Scored prompts.</summary>
    public required int N { get; init; }

    public required int Decisive { get; init; }

    /// <summary>S = (b + t/2) / n.</summary>
    public required Finding<double> Score { get; init; }

    /// <summary>b / (a + b).</summary>
    public required Finding<double> DecisiveRate { get; init; }

    /// <summary>b / n: for comparison with tools that count a tie as a loss.</summary>
    public required Finding<double> RateTiesAsLosses { get; init; }

    public required Finding<double> TieRate { get; init; }

    /// <summary>Wilson on (b + t/2) out of n; conservative, as ties spread less than wins and losses.</summary>
    public required Interval ScoreWilson { get; init; }

    /// <summary>Wilson on b out of (a + b); a tie never changes it.</summary>
    public required Interval DecisiveWilson { get; init; }

    /// <summary>Standard error of the score with divisor n, taking prompts as independent.</summary>
    public required Finding<double> StandardErrorPopulation { get; init; }

    /// <summary>Standard error of the score with divisor n - 1, taking prompts as independent.</summary>
    public required Finding<double> StandardErrorSample { get; init; }

    public static WinRates Of(int aWins, int bWins, int ties, double confidence = 0.95)
    {
        Guard.NotNegative(aWins);
        Guard.NotNegative(bWins);
        Guard.NotNegative(ties);
        var decisive = checked(aWins + bWins);
        var n = checked(decisive + ties);
        var wins = bWins + (0.5 * ties);
        var spread = SquaredDeviations(aWins, bWins, n);
        return new()
        {
            AWins = aWins,
            BWins = bWins,
            Ties = ties,
            N = n,
            Decisive = decisive,
            Score = Share(wins, n),
            DecisiveRate = decisive > 0 ? Finding.Of((double)bWins / decisive) : Finding.Withheld<double>("no prompt was decisive"),
            RateTiesAsLosses = Share(bWins, n),
            TieRate = Share(ties, n),
            ScoreWilson = WilsonInterval.Of(wins, n, confidence),
            DecisiveWilson = WilsonInterval.Of(bWins, decisive, confidence),
            StandardErrorPopulation = n > 0 ? Finding.Of(Math.Sqrt(spread) / n) : NothingScored,
            StandardErrorSample = n > 1
                ? Finding.Of(Math.Sqrt(spread / n / (n - 1)))
                : Finding.Withheld<double>("a standard error needs at least two scored prompts"),
        };
    }

    /// <summary>The sum of (s - S)^2 from the counts: (a + b)/4 - (b - a)^2/(4n), which keeps its digits when nearly all prompts tie.</summary>
    internal static double SquaredDeviations(int aWins, int bWins, int n)
    {
        var lead = (double)bWins - aWins;
        return n == 0 ? 0 : Math.Max(0, (((double)aWins + bWins) - (lead * lead / n)) / 4);
    }

    private static Finding<double> NothingScored => Finding.Withheld<double>("no prompt was scored");

    private static Finding<double> Share(double count, int n) => n > 0 ? Finding.Of(count / n) : NothingScored;
}
