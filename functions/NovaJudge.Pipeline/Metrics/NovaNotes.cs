using System.Globalization;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>How to read the judge's own numbers, and how much its interval would change if the same verdicts were resampled again.</summary>
internal static class NovaNotes
{
    /// <summary>
    /// Standard deviation of the 2.5% point of 100 normal draws, in standard deviations of what is drawn: sqrt(p (1 - p) / 100) over the density
    /// there (H. A. David and H. N. Nagaraja, Order Statistics, 3rd edition, section 2.5).
    /// </summary>
    private const double EndWobble = 0.267;

    private const string Reported =
        "As reported by the judge, over two passes of each row. Two passes of one row are not independent, and the *_stderr fields are not the uncertainty of the counts; "
        + "the judge's interval is inferred to come from about 100 bootstrap draws.";

    private const string Local =
        "Counted by this pipeline in the shape of the Nova judge's results, over two passes of each row; no Nova model was called. Read \"analysis\" for the numbers whose unit is the prompt.";

    private const string ReadOn = "Read \"analysis\" for our own numbers, whose unit is the prompt.";

    public static string Of(NovaMetrics nova, bool isNova) => isNova ? $"{Reported}{Instability(nova)} {ReadOn}" : Local;

    private static string Instability(NovaMetrics nova)
    {
        var decisive = nova.AScores + nova.BScores;
        if (nova.LowerRate is not { } low || nova.UpperRate is not { } high || decisive < 1)
        {
            return "";
        }

        var rate = nova.BScores / decisive;
        var wobble = EndWobble * Math.Sqrt(rate * (1 - rate) / decisive) * 100;
        var note = string.Create(CultureInfo.InvariantCulture, $" With {decisive:0} decisive passes each end of it would then move by about {wobble:0.0} points from one computation to the next on the very same verdicts.");
        var exact = NovaIntervalHypothesis.Of(
            (int)nova.AScores, (int)nova.BScores, (int)nova.Ties, (int)nova.InferenceError, new Interval(Math.Round(low, 2), Math.Round(high, 2)));
        return exact.TryGet(out var found)
            ? note + string.Create(CultureInfo.InvariantCulture, $" The printed pair (to two decimals) would come out again with a chance of {Math.Max(found.ProbabilityOfPrintedPair * 100, 0.1):0.#}%.")
            : note;
    }
}
