namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The score and its standard error as AlpacaEval reports them: in percent, divisor n - 1, prompts taken as independent. For comparison with its
/// leaderboard. Source: X. Li et al., AlpacaEval (2023), metrics of the leaderboard.
/// </summary>
public static class AlpacaEvalRate
{
    public static Finding<(double WinRate, double StandardError)> Of(int aWins, int bWins, int ties)
    {
        var rates = WinRates.Of(aWins, bWins, ties);
        return rates.StandardErrorSample.Then(error => (100 * rates.Score.Value, 100 * error));
    }
}
