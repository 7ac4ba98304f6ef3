namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Intervals of a suite's scores, run after run, that hold all at once: with the confidence asked for, every run's true score lies in its own
/// interval, however many runs are looked at and however they depend on each other. The score may change from run to run, so nothing is pooled:
/// look k has the level alpha_k = 0.8 * 6 alpha / (pi^2 k^2); these add up to 0.8 alpha, and the rest is kept for what the t interval's
/// approximation misses far out. Sources as <see cref="ReplayRegression"/>; see decision 063.
/// </summary>
public static class ScoreSequence
{
    private const double Spent = 0.8;

    /// <summary>Beyond it the quantile is that of rounding errors; no suite has the 150,000 runs it takes to get there.</summary>
    private const double Surest = 1 - 1e-12;

    /// <summary>The interval of the suite's run number <paramref name="look"/>, counted from 1. Clipped to [0, 1].</summary>
    /// <param name="run">The run's own score.</param>
    /// <param name="look">From 1; later looks are wider.</param>
    /// <param name="alpha">The chance that any interval of the suite ever misses. Default 0.05.</param>
    public static Interval At(ScoreEstimate run, int look, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Interval(Math.Min(Surest, 1 - (Spent * ReplayRegression.LevelAt(look, alpha))));
    }
}
