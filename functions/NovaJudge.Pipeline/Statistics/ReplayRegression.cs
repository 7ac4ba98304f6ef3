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
        if (today.Scored == 0)
        {
            return RegressionCheck.NotChecked("No prompt was scored in both this run and the baseline.") with { Look = look };
        }

        var fall = ((double)today.A - today.B) / today.Scored / 2;
        return Look(today.B, today.A, fall, look, margin, alpha, designEffect, string.Create(
            CultureInfo.InvariantCulture,
            $"Look {look}: today's answers won {today.B} and lost {today.A} of {today.Scored} prompts against the baseline's own (score {0.5 - fall:0.000}, limit {0.5 - margin:0.000}; "));
    }

    /// <summary>
    /// The same for prompts that both runs judged against one opponent: with nothing changed, a prompt's verdict is as likely to rise as to fall.
    /// An alarm needs the sign test of rises and falls and a mean fall beyond the margin.
    /// </summary>
    /// <param name="rose">Prompts on which B's score is higher than in the baseline.</param>
    /// <param name="fell">Prompts on which it is lower.</param>
    /// <param name="shared">Prompts scored in both runs.</param>
    /// <param name="fall">B's mean score over those in the baseline, less today's.</param>
    /// <param name="look">From 1.</param>
    /// <param name="margin">A fall no greater than this is no regression. Default 0.05.</param>
    /// <param name="alpha">The chance of any false alarm over all looks. Default 0.05.</param>
    /// <param name="designEffect">Changed prompts are divided by it; 1 when unknown.</param>
    public static RegressionCheck CheckChanges(int rose, int fell, int shared, double fall, int look, double margin = 0.05, double alpha = 0.05, double designEffect = 1)
    {
        Guard.NotNegative(rose);
        Guard.NotNegative(fell);
        return shared == 0
            ? RegressionCheck.NotChecked("No prompt was scored in both this run and the baseline.") with { Look = look }
            : Look(rose, fell, fall, look, margin, alpha, designEffect, string.Create(
                CultureInfo.InvariantCulture,
                $"Look {look}: of {shared} prompts of the baseline {rose} went better for B and {fell} worse (its score moved by {-fall:+0.000;-0.000;0.000}, limit {-margin:0.000}; "));
    }

    private static RegressionCheck Look(
        int won, int lost, double fall, int look, double margin, double alpha, double designEffect, string because)
    {
        Guard.Proportion(margin);
        var level = LevelAt(look, alpha);

        // Rounded against an alarm: fewer prompts, more of them won.
        var effect = Math.Max(1, designEffect);
        var decisive = (int)Math.Floor((won + lost) / effect);
        var p = SignTest.Less(Math.Min(decisive, (int)Math.Ceiling(won / effect)), decisive);
        return new()
        {
            State = p <= level && fall > margin ? RegressionState.Regression : RegressionState.NoRegression,
            Look = look,
            P = p,
            Level = level,
            Because = because + string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}, level {level:0.######})."),
        };
    }
}
