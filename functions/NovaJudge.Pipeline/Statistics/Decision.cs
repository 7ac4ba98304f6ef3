using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>The limits a run is decided by, fixed before it starts.</summary>
public sealed record DecisionRule
{
    /// <summary>The largest tolerated share of prompts without a verdict, 0 to 1. Default 0.05.</summary>
    public double MaxErrorRate { get; init; } = 0.05;

    /// <summary>Scores this close to 1/2 count as equal, above 0 and up to 0.5. Default 0.05.</summary>
    public double EquivalenceMargin { get; init; } = 0.05;

    /// <summary>Of the interval; the sign test's level is one minus it. Above 0.5, below 1; default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Of the equivalence interval: two one-sided tests at the level 1 - confidence each, 0.90 by default.</summary>
    public double EquivalenceConfidence => (2 * Confidence) - 1;
}

/// <summary>What the decision looks at, and nothing else.</summary>
public sealed record DecisionInput
{
    public required OutcomeCounts Counts { get; init; }

    public required DecisionRule Rule { get; init; }

    /// <summary>S; withheld below two scored prompts, as are its intervals.</summary>
    public required Finding<double> Score { get; init; }

    /// <summary>The score's interval at the rule's confidence.</summary>
    public required Finding<Interval> Interval { get; init; }

    /// <summary>The score's interval at the rule's equivalence confidence.</summary>
    public required Finding<Interval> EquivalenceInterval { get; init; }

    /// <summary>Decisive prompts as the sign test counts them: those of the run, or each prompt once where few were judged several times.</summary>
    public required (int A, int B) Signs { get; init; }

    /// <summary>Two-sided, exact, over <see cref="Signs"/>.</summary>
    public required double SignTestP { get; init; }

    public static DecisionInput From(OutcomeCounts counts, Finding<ScoreEstimate> score, DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(rule);
        var signs = score.TryGet(out var repeated) && repeated.Basis == ScoreBasis.RepeatedPrompts
            ? Once(counts, repeated.AppliedDesignEffect)
            : (counts.A, counts.B);
        return new()
        {
            Counts = counts,
            Rule = rule,
            Score = score.Then(estimate => estimate.Score),
            Interval = score.Then(estimate => estimate.Interval(rule.Confidence)),
            EquivalenceInterval = score.Then(estimate => estimate.Interval(rule.EquivalenceConfidence)),
            Signs = signs,
            SignTestP = SignTest.TwoSided(signs.B, signs.A + signs.B),
        };
    }

    /// <summary>Verdicts over verdicts per prompt, rounded against the one that leads.</summary>
    private static (int A, int B) Once(OutcomeCounts counts, double repeats)
    {
        double a = counts.A / repeats, b = counts.B / repeats;
        return (Round(a, a > b), Round(b, b > a));

        static int Round(double count, bool leads) => (int)(leads ? Math.Floor(count + 1e-9) : Math.Ceiling(count - 1e-9));
    }

    /// <summary>
    /// From totals over both passes: a prompt has two passes, so both sides are halved, the leading one rounded down and the other up.
    /// </summary>
    public static DecisionInput FromPasses(int aPasses, int bPasses, int tiePasses, int errorPasses, DecisionRule rule)
    {
        var lead = bPasses - aPasses;
        var counts = new OutcomeCounts
        {
            A = (aPasses + (lead > 0 ? 1 : 0)) / 2,
            B = (bPasses + (lead < 0 ? 1 : 0)) / 2,
            Tie = tiePasses / 2,
            Unscored = (errorPasses + 1) / 2,
        };
        return From(counts, ScoreEstimate.FromPasses(aPasses, bPasses, tiePasses), rule);
    }
}

/// <summary>The verdict of a run and the rule it followed from.</summary>
public sealed record Decision(RunVerdict Verdict, VerdictReason Reason)
{
    /// <summary>
    /// In this order: too many errors, too few prompts, equivalent, better by interval and exact sign test alike, inconclusive.
    /// </summary>
    public static Decision Of(DecisionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rule = input.Rule;
        Guard.Proportion(rule.MaxErrorRate);
        Guard.Positive(rule.EquivalenceMargin);
        Guard.Confidence(rule.EquivalenceConfidence);
        if (input.Counts.ErrorRate.TryGet(out var errors) && errors > rule.MaxErrorRate)
        {
            return new(RunVerdict.Inconclusive, VerdictReason.TooManyErrors);
        }

        if (!input.Interval.TryGet(out var interval) || !input.EquivalenceInterval.TryGet(out var narrow))
        {
            return new(RunVerdict.Inconclusive, VerdictReason.TooFewScored);
        }

        if (EquivalenceTest.Holds(narrow, rule.EquivalenceMargin))
        {
            return new(RunVerdict.Equivalent, VerdictReason.WithinMargin);
        }

        if (interval.Contains(0.5))
        {
            return new(RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf);
        }

        return input.SignTestP < 1 - rule.Confidence
            ? new(interval.Low > 0.5 ? RunVerdict.BBetter : RunVerdict.ABetter, VerdictReason.IntervalAndSignTest)
            : new(RunVerdict.Inconclusive, VerdictReason.SignTestUndecided);
    }

    /// <summary>From counts alone; <paramref name="like"/> lends its design effect, without it prompts are taken as independent.</summary>
    public static Decision Of(OutcomeCounts counts, DecisionRule? rule = null, ScoreEstimate? like = null) =>
        Of(DecisionInput.From(counts, like?.For(counts) ?? ScoreEstimate.FromPrompts(counts), rule ?? new()));
}
