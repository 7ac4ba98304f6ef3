using System.Globalization;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Why a run has its verdict, in words: the rule that applied with its figures, then what would change it.</summary>
internal static class VerdictExplanation
{
    /// <summary>The verdict in one sentence, and a second one when failures as losses would make it another.</summary>
    public static string Sentence(RunAnalysis analysis, string nameA, string nameB)
    {
        var sentence = VerdictSentence.Of(analysis.Decision, analysis.Input, nameA, nameB);
        return analysis.Metrics.ScoreFailuresLose is { ChangesVerdict: true } reading
            ? $"{sentence} If a missing answer counted as a loss: {Words(reading.Outcome, nameA, nameB)}, score {Percent(reading.Value)}."
            : sentence;
    }

    public static string Of(RunAnalysis analysis) => string.Join(' ', Sentences(analysis));

    private static IEnumerable<string> Sentences(RunAnalysis analysis)
    {
        yield return Rule(analysis);
        if (analysis.Metrics.Bounds is { Missing: > 0 } bounds && analysis.Decision.Reason != VerdictReason.TooManyErrors)
        {
            var prompts = bounds.Missing == 1 ? "prompt" : "prompts";
            yield return bounds.VerdictIsRobust
                ? $"However the {bounds.Missing} {prompts} without a verdict had gone, the verdict would be the same."
                : $"The {bounds.Missing} {prompts} without a verdict could have changed it: the score lies between {Percent(bounds.Low)} and {Percent(bounds.High)}.";
        }

        if (analysis.Decision.Verdict == RunVerdict.Inconclusive && analysis.Decision.Reason != VerdictReason.TooManyErrors && analysis.Metrics.Plan is { } plan)
        {
            foreach (var sentence in Plan(plan, analysis.Input))
            {
                yield return sentence;
            }
        }
    }

    private static string Rule(RunAnalysis analysis)
    {
        var (input, rule) = (analysis.Input, analysis.Input.Rule);
        var (confidence, p) = (Whole(rule.Confidence), PValue(input.SignTestP));
        return analysis.Decision.Reason switch
        {
            VerdictReason.TooManyErrors =>
                $"{Percent(input.Counts.ErrorRate.OrNull() ?? 1)} of the prompts have no verdict and at most {Percent(rule.MaxErrorRate)} may, so no winner is named.",
            VerdictReason.TooFewScored => "Uncertainty needs at least two scored prompts.",
            VerdictReason.WithinMargin =>
                $"The {Whole(rule.EquivalenceConfidence)} interval of B's score, {Range(input.EquivalenceInterval.Value)}, lies within {Number(rule.EquivalenceMargin * 100)} points of 50%.",
            VerdictReason.IntervalAndSignTest =>
                $"The {confidence} interval of B's score, {Range(input.Interval.Value)}, excludes 50%, and the exact sign test agrees ({p}).",
            VerdictReason.SignTestUndecided =>
                $"The {confidence} interval of B's score, {Range(input.Interval.Value)}, excludes 50%, but the exact sign test does not reject ({p}).",
            _ => $"The {confidence} interval of B's score, {Range(input.Interval.Value)}, contains 50%.",
        };
    }

    private static IEnumerable<string> Plan(PlanMetrics plan, DecisionInput input)
    {
        if (plan.MorePrompts is > 0 and var more)
        {
            yield return $"To find a win rate of {Percent(plan.SmallestEffect)} with a chance of 80%, about {more.ToString("N0", CultureInfo.InvariantCulture)} more prompts are needed{CostOf(plan.Cost)}.";
        }
        else if (plan.MorePrompts == 0)
        {
            yield return $"These prompts would have found a win rate of {Percent(plan.SmallestEffect)} with a chance of 80%.";
        }
        else if (plan.Withheld is { } withheld)
        {
            yield return $"How many more prompts would decide is not known: {withheld}.";
        }

        if (plan.SmallestDetectable is { } detectable && plan.MorePrompts is > 0)
        {
            yield return $"{input.Counts.Decisive} decisive prompts find a model that wins {Percent(detectable)} of them.";
        }
        else if (plan.SmallestDetectable is null && input.Counts.Scored > 0)
        {
            yield return $"{input.Counts.Decisive} decisive {(input.Counts.Decisive == 1 ? "prompt" : "prompts")} cannot show a difference, even if all agree.";
        }
    }

    /// <summary>What further prompts would cost, as the end of a sentence; empty in runs that did not ask.</summary>
    private static string CostOf(PlanCost? cost) => cost switch
    {
        null => "",
        { MorePromptsUsd: null, Unknown: var unknown } => $"; what they would cost is not known ({unknown ?? "no price is known"})",
        { MorePromptsUsd: 0, Beside: null } => ", at no cost: nobody is paid for this run's models",
        { MorePromptsUsd: 0, Beside: var beside } => $", which cost nothing but {beside}",
        { MorePromptsUsd: { } usd, Beside: var beside } => $", for about {Dollars.Text(usd)}{(beside is null ? "" : $" and {beside}")}",
    };

    private static string Words(string outcome, string nameA, string nameB) => outcome switch
    {
        "b_better" => $"{nameB} answers better",
        "a_better" => $"{nameA} answers better",
        "equivalent" => "both answer equally well",
        _ => "inconclusive",
    };

    private static string PValue(double p) => p < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.000}");

    private static string Range(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:0.0}–{interval.High * 100:0.0}%");

    private static string Whole(double confidence) => Number(confidence * 100) + "%";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    private static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
