namespace NovaJudge.Pipeline.Statistics;

/// <summary>How many prompts a decision takes, and what this many can show.</summary>
public sealed record PromptPlan
{
    /// <summary>The decisive win rate worth detecting. From the request.</summary>
    public required double SmallestEffect { get; init; }

    /// <summary>Prompts in all to detect it: decisive prompts needed, over the decisive rate, times the design effect.</summary>
    public required Finding<int> Prompts { get; init; }

    /// <summary>Those less the ones already judged; 0 when they suffice.</summary>
    public required Finding<int> MorePrompts { get; init; }

    /// <summary>The same at the observed decisive rate of winning. Secondary: an observed effect is a poor guide to the true one.</summary>
    public required Finding<int> MorePromptsAtObservedEffect { get; init; }

    /// <summary>The smallest decisive win rate the judged prompts would have found, by the exact sign test.</summary>
    public required Finding<double> SmallestDetectable { get; init; }

    /// <summary>Withheld figures say why: no decisive prompt, or an effect that no number of prompts can show.</summary>
    /// <param name="counts">Of the run so far; an empty run plans a new one as if every prompt were decisive.</param>
    /// <param name="smallestEffect">The decisive win rate worth detecting, other than 1/2. Default 0.55.</param>
    /// <param name="designEffect">At least 1; prompts of one cluster repeat each other.</param>
    /// <param name="power">The chance of detecting it. Default 0.8.</param>
    /// <param name="alpha">Two-sided error rate. Default 0.05.</param>
    public static PromptPlan Of(OutcomeCounts counts, double smallestEffect = 0.55, double designEffect = 1, double power = 0.8, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var effect = Math.Max(1, designEffect);
        var decisiveRate = counts.Scored == 0 ? Finding.Of(1.0) : counts.Decisive > 0
            ? counts.DecisiveRate
            : Finding.Withheld<double>("no prompt was decisive so far, so any number might not be enough");
        var all = Total(smallestEffect);
        var observed = counts.Decisive > 0
            ? Total((double)counts.B / counts.Decisive)
            : Finding.Withheld<int>("no prompt was decisive so far");
        return new()
        {
            SmallestEffect = smallestEffect,
            Prompts = all,
            MorePrompts = all.Then(Missing),
            MorePromptsAtObservedEffect = observed.Then(Missing),
            SmallestDetectable = MinimalDetectable.WinRateBySignTest((int)(counts.Decisive / effect), alpha, power),
        };

        Finding<int> Total(double rate)
        {
            if (!decisiveRate.TryGet(out var decisive))
            {
                return Finding.Withheld<int>(decisiveRate.WithheldBecause!);
            }

            var needed = SampleSize.ForWinRate(rate, 0.5, alpha, power).Then(n => Math.Ceiling(Math.Ceiling(n) / decisive * effect));
            return needed.TryGet(out var prompts) && prompts > int.MaxValue
                ? Finding.Withheld<int>("it would take more prompts than can be counted")
                : needed.Then(value => (int)value);
        }

        int Missing(int prompts) => Math.Max(0, prompts - counts.Scored);
    }
}
