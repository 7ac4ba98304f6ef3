using System.Globalization;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Regression on repeated prompts: today's B against the answers it gave in the pinned run, judged side by side on the same prompts. Looks at the
/// same prompts depend on each other in unknown ways, so they are never pooled: each has its own exact sign test, and the levels
/// alpha_k = 6 alpha / (pi^2 k^2) add up to alpha (C. E. Bonferroni (1936); L. Euler's sum of 1/k^2). See decision 031.
/// </summary>
public static class ReplayRegression
{
    /// <summary>The level of look <paramref name="look"/>, counted from 1.</summary>
    public static double LevelAt(int look, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(look);
        Guard.Confidence(alpha);
        return 6 * alpha / (Math.PI * Math.PI * look * look);
    }

    /// <summary>An alarm needs both: a one-sided exact sign test at this look's level, and a score below 1/2 by more than the margin.</summary>
    /// <param name="today">A = the pinned answers, B = today's, same prompts.</param>
    /// <param name="look">From 1, restarting when the baseline, the judge or the template changes.</param>
    /// <param name="margin">A fall of the score no greater than this is no regression. Default 0.05.</param>
    /// <param name="alpha">The chance of any false alarm over all looks. Default 0.05.</param>
    /// <param name="designEffect">Decisive prompts are divided by it, as prompts of one cluster repeat each other; 1 when unknown.</param>
    public static RegressionCheck Check(OutcomeCounts today, int look, double margin = 0.05, double alpha = 0.05, double designEffect = 1)
    {
        ArgumentNullException.ThrowIfNull(today);
        Guard.Proportion(margin);
        var level = LevelAt(look, alpha);
        if (today.Scored == 0)
        {
            return RegressionCheck.NotChecked("No prompt was scored in both this run and the baseline.") with { Look = look };
        }

        // Rounded against an alarm: fewer prompts, more of them won.
        var effect = Math.Max(1, designEffect);
        var decisive = (int)Math.Floor(today.Decisive / effect);
        var wins = Math.Min(decisive, (int)Math.Ceiling(today.B / effect));
        var p = SignTest.Less(wins, decisive);
        var score = 0.5 + (((double)today.B - today.A) / today.Scored / 2);
        var worse = p <= level && score < 0.5 - margin;
        return new()
        {
            State = worse ? RegressionState.Regression : RegressionState.NoRegression,
            Look = look,
            P = p,
            Level = level,
            Because = string.Create(
                CultureInfo.InvariantCulture,
                $"Look {look}: today's answers won {today.B} and lost {today.A} of {today.Scored} prompts against the baseline's own (p = {p:0.####}, level {level:0.######}; score {score:0.000}, limit {0.5 - margin:0.000})."),
        };
    }
}
