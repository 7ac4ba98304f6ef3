using System.Globalization;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>What a reader should know before trusting a run's numbers, one sentence each.</summary>
internal static class RunWarnings
{
    public static IEnumerable<string> Of(OutcomeMetrics outcomes, AnalysisMetrics analysis, PairCounts pairs, ComparedModels models, int? repeats = null)
    {
        if (Repeated(outcomes, analysis, repeats) is { } repeated)
        {
            yield return repeated;
        }

        if ((analysis.Clusters.DifferentPrompts ?? outcomes.Scored) is > 0 and < 30 and var scored)
        {
            yield return $"{scored} scored {(scored == 1 ? "prompt" : "prompts")} can only show very large differences. {PromptsCanShow.Of((analysis.SignTest?.A + analysis.SignTest?.B) ?? 0, scored)}";
        }

        if (analysis is { Score: not null, Clusters.Withheld: { } withheld })
        {
            yield return $"The interval takes prompts as independent: {withheld}.";
        }

        foreach (var (cached, model) in new[] { (pairs.CachedA, models.A), (pairs.CachedB, models.B) })
        {
            if (cached is { } answers)
            {
                yield return $"{answers} of {pairs.Prompts} answers of {ModelLabels.Display(model)} come from earlier runs (generation.cache: shared); whether the model would still give them was not checked.";
            }
        }

        foreach (var (slot, model) in new[] { (pairs.Generation.A, models.A), (pairs.Generation.B, models.B) })
        {
            if (slot.Empty > 0)
            {
                yield return $"{ModelLabels.Display(model)} gave {slot.Empty} empty {(slot.Empty == 1 ? "answer" : "answers")}; they were judged as they are.";
            }
        }

        foreach (var warning in OfJudge(analysis).Concat(OfAnswers(analysis.Answers, models)))
        {
            yield return warning;
        }
    }

    /// <summary>Counts are counts of verdicts where a prompt was judged several times, by request or because the data hold it several times.</summary>
    private static string? Repeated(OutcomeMetrics outcomes, AnalysisMetrics analysis, int? repeats)
    {
        if (repeats is null && analysis.Clusters.DifferentPrompts is null)
        {
            return null;
        }

        var what = repeats is { } times
            ? $"Each prompt was answered {times} times by each model. Counts of prompts are counts of such answers"
            : $"The {outcomes.Scored} scored prompts hold only {analysis.Clusters.DifferentPrompts} different ones";
        return analysis.Clusters is { DifferentPrompts: < Statistics.ClusterRobust.FewestClusters and var few }
            ? $"{what}; with only {few} different {(few == 1 ? "prompt" : "prompts")} each counts once in the score's interval, the sign test and the verdict."
            : $"{what}; the interval takes the answers to one prompt as depending on each other.";
    }

    private static IEnumerable<string> OfJudge(AnalysisMetrics analysis)
    {
        if (analysis.Position is { FirstSlotRate: { } rate, FlipP: < 0.05 and var p })
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The judge prefers the answer shown {(rate > 0.5 ? "first" : "second")} ({Math.Max(rate, 1 - rate) * 100:0}% of decisive passes, p {Text(p)}). Both orders were judged, so this costs precision, not fairness.");
        }

        // A judge by formula has no taste for length.
        if (analysis.Length is { MovesFar: true, Controlled: { } controlled } && analysis.Score is { } score && analysis.Family?.Status != "notApplicable")
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"At answers of equal length B's score would be {controlled.Value * 100:0}% instead of {score.Value * 100:0}%: length may have decided, or the better answers are the {(analysis.Length.MeanLengthB > analysis.Length.MeanLengthA == controlled.Value < score.Value ? "longer" : "shorter")} ones.");
        }

        if (analysis.Family is { Status: "unverified", Note: var note })
        {
            yield return note;
        }

        if (analysis.Slices is { Heterogeneity: { P: < 0.05 } differing, Shown.Count: var shown })
        {
            yield return $"The win rate differs between the {shown} categories (p {Text(differing.P)}); one number for all of them hides that.";
        }
    }

    private static IEnumerable<string> OfAnswers(AnswersMetrics? answers, ComparedModels models)
    {
        foreach (var (slot, model) in answers is null ? [] : new[] { (answers.A, models.A), (answers.B, models.B) })
        {
            if (slot.Constant)
            {
                yield return $"{ModelLabels.Display(model)} gave one and the same answer to {slot.MostFrequent} of {slot.Judged} prompts.";
            }

            if (slot.Example is { } example)
            {
                yield return $"{slot.AddressJudge} {(slot.AddressJudge == 1 ? "answer" : "answers")} of {ModelLabels.Display(model)} may speak to the judge instead of the reader, such as \"{example.Phrase}\" at prompt {example.Id}; look at them before you trust a win.";
            }
        }
    }

    private static string Text(double p) => p < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"{p:0.000}");
}
