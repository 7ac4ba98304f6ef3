using System.Globalization;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Regression on fresh prompts: has B's decisive win rate fallen below a p0 fixed when the baseline was pinned? Looks are pooled in a one-sided
/// e-process, the mixture of likelihood ratios over rates below p0 and over the look the fall began: while the rate is p0 or more it reaches 1/alpha
/// with probability at most alpha, ever. Sources: J. Ville (1939); H. Robbins, Annals of Mathematical Statistics 41 (1970) 1397; A. Ramdas,
/// P. Gruenwald, V. Vovk and G. Shafer, Statistical Science 38 (2023) 576; J. Shin, A. Ramdas and A. Rinaldo, "E-detectors" (2024), for the
/// mixture over starts. See decision 031.
/// </summary>
public sealed class FreshRegression
{
    private readonly double alpha;
    private readonly double designEffect;
    private readonly List<(double Wins, double Decisive)> totals = [(0, 0)];
    private double largestLogE;

    /// <param name="p0">The decisive win rate below which B has regressed, inside (0, 1), fixed beforehand.</param>
    /// <param name="alpha">The chance of a false alarm over all looks.</param>
    /// <param name="designEffect">Counts are divided by it, as prompts of one cluster repeat each other; 1 when unknown.</param>
    public FreshRegression(double p0, double alpha = 0.05, double designEffect = 1)
    {
        Guard.Confidence(p0);
        Guard.Confidence(alpha);
        Guard.Positive(designEffect);
        P0 = p0;
        this.alpha = alpha;
        this.designEffect = Math.Max(1, designEffect);
    }

    public double P0 { get; }

    public int Look => totals.Count - 1;

    /// <summary>1 / the largest e-value so far.</summary>
    public double AnytimeP => Math.Min(1, Math.Exp(-largestLogE));

    public bool HasAlarm => AnytimeP <= alpha;

    /// <summary>
    /// The p0 of a baseline: its decisive win rate less the margin, but no higher than its one-sided Clopper-Pearson limit at alpha / 2, so that a
    /// baseline that was lucky does not raise alarms for ever. Withheld when nothing above zero remains.
    /// </summary>
    public static Finding<double> P0From(int baselineWins, int baselineDecisive, double margin = 0.05, double alpha = 0.05)
    {
        Guard.Successes(baselineWins, baselineDecisive);
        Guard.Proportion(margin);
        if (baselineDecisive == 0)
        {
            return Finding.Withheld<double>("the baseline has no decisive prompts");
        }

        var limit = ClopperPearsonInterval.Of(baselineWins, baselineDecisive, 1 - alpha).Low;
        var p0 = Math.Min(((double)baselineWins / baselineDecisive) - margin, limit);
        return p0 > 0 && p0 < 1
            ? Finding.Of(p0)
            : Finding.Withheld<double>("the baseline won so rarely that nothing could count as worse");
    }

    /// <summary>A monitor of a pinned baseline: half of alpha pays for not knowing its true rate, half for the looks.</summary>
    public static Finding<FreshRegression> Against(
        int baselineWins, int baselineDecisive, double margin = 0.05, double alpha = 0.05, double designEffect = 1) =>
        P0From(baselineWins, baselineDecisive, margin, alpha).Then(p0 => new FreshRegression(p0, alpha / 2, designEffect));

    /// <summary>Adds the decisive prompts of one more run, none of which was judged before, and looks.</summary>
    public RegressionCheck Add(int bWins, int decisivePrompts)
    {
        Guard.Successes(bWins, decisivePrompts);
        var before = totals[^1];
        totals.Add((before.Wins + (bWins / designEffect), before.Decisive + (decisivePrompts / designEffect)));
        largestLogE = Math.Max(largestLogE, LogMixture());
        return new()
        {
            State = HasAlarm ? RegressionState.Regression : RegressionState.NoRegression,
            Look = Look,
            P = AnytimeP,
            Level = alpha,
            Because = string.Create(
                CultureInfo.InvariantCulture,
                $"Look {Look}: {bWins} of {decisivePrompts} decisive prompts won, against a rate of at least {P0:0.000} (p at any look {AnytimeP:0.####}, level {alpha:0.####})."),
        };
    }

    /// <summary>A fall that began at look s has the prior weight 1 / (s (s + 1)); what is not spent yet is a bet on the future and worth itself.</summary>
    private double LogMixture()
    {
        var (wins, decisive) = totals[^1];
        Span<double> parts = totals.Count <= 512 ? stackalloc double[totals.Count] : new double[totals.Count];
        for (var start = 1; start <= Look; start++)
        {
            // Where B did well enough since, the bet lost: counting it as nothing instead of little is on the safe side, and quicker.
            double won = wins - totals[start - 1].Wins, of = decisive - totals[start - 1].Decisive;
            parts[start] = won < of * P0 ? LogE(won, of, P0) - Math.Log((double)start * (start + 1)) : double.NegativeInfinity;
        }

        parts[0] = -Math.Log(Look + 1.0);
        var largest = parts[0];
        foreach (var part in parts)
        {
            largest = Math.Max(largest, part);
        }

        var sum = 0.0;
        foreach (var part in parts)
        {
            sum += Math.Exp(part - largest);
        }

        return largest + Math.Log(sum);
    }

    /// <summary>
    /// ln of the e-value for "the rate is p0 or more": the uniform prior cut off at p0, so every mixed rate lies below it and its likelihood
    /// ratio shrinks on average under any rate from p0 up. The two-sided e-value times the posterior over the prior mass below p0.
    /// </summary>
    internal static double LogE(double wins, double decisive, double p0)
    {
        // Differences of running totals may be a rounding error below zero.
        double alpha = Math.Max(0, wins) + 1, beta = Math.Max(0, decisive - wins) + 1;
        return BetaDistribution.LogKernel(p0, 1 - p0, 1, 1)
            - BetaDistribution.LogKernel(p0, 1 - p0, alpha, beta)
            + Math.Log(BetaDistribution.Cdf(p0, alpha, beta) / p0);
    }
}
