using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>How far the verdict can be trusted, and how many prompts would settle what it leaves open.</summary>
internal static class CertaintySection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var (analysis, outcomes) = (inputs.Metrics.Analysis, inputs.Metrics.Outcomes);
        html.Write($"""
            <section id="certainty" aria-labelledby="certainty-heading">
            <h2 id="certainty-heading">How sure is that?</h2>
            <p class="lead">None of this changes the verdict: it says what stands behind it.</p>
            <div class="grid">
            <div class="card"><h3>Chance</h3><dl class="facts stacked">
            {Chance(analysis)}
            </dl></div>
            <div class="card"><h3>Prompts without a verdict</h3><dl class="facts stacked">
            {Missing(analysis, outcomes)}
            </dl></div>
            <div class="card"><h3>More prompts</h3><dl class="facts stacked">
            {More(analysis)}
            </dl></div>
            </div>
            </section>
            """);
    }

    private static Markup Chance(AnalysisMetrics analysis)
    {
        var clusters = analysis.Clusters;
        var facts = analysis.Posterior is { } posterior
            ? Facts.Fact("Probability that B is better", Numerals.Percent(posterior.ProbabilityBBetter), "after a uniform prior over its win rate on decisive prompts")
            : Facts.Fact("Probability that B is better", "unknown", "no prompt was decisive");
        if (analysis.ScoreForEquivalence is { } narrow)
        {
            facts += Facts.Fact("Equivalence is judged by", Words.Range(narrow), $"the {AlternativeText.Level(narrow)} interval of the score");
        }

        return facts + (clusters.DesignEffect is { } effect
            ? Facts.Fact(
                "Design effect", effect.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
                $"{Numerals.Of(clusters.Count, "cluster")}{(clusters.EffectivePrompts is { } prompts ? $"; worth {Numerals.Count(Math.Round(prompts))} independent prompts" : "")}")
            : Facts.Fact("Design effect", "not given", clusters.Withheld));
    }

    private static Markup Missing(AnalysisMetrics analysis, OutcomeMetrics outcomes)
    {
        if (outcomes.Total == outcomes.Scored || analysis.Bounds is not { } bounds)
        {
            return Facts.Fact("Missing", "none", "Every prompt has a verdict.");
        }

        var facts = Facts.Fact("Missing", Facts.CountOf(bounds.Missing, outcomes.Total, "prompt"))
            + Facts.Fact("If A had won them all", Numerals.Percent(bounds.Low), OutcomeWords.Run(bounds.IfAllToA))
            + Facts.Fact("If B had won them all", Numerals.Percent(bounds.High), OutcomeWords.Run(bounds.IfAllToB))
            + Facts.Fact("So the verdict", bounds.VerdictIsRobust ? "holds either way" : "hangs on them");
        return analysis.ScoreFailuresLose is { } lose
            ? facts + Facts.Fact("If giving no answer lost", Numerals.Percent(lose.Value), $"{OutcomeWords.Run(lose.Outcome)}{(lose.ChangesVerdict ? ": another verdict" : "")}")
            : facts;
    }

    private static Markup More(AnalysisMetrics analysis)
    {
        if (analysis.Plan is not { } plan)
        {
            return Facts.Fact("Prompts that would decide", "unknown");
        }

        var effect = $"a decisive win rate of {Numerals.Percent(plan.SmallestEffect)}, found with a chance of 80%";
        return (plan switch
        {
            { MorePrompts: 0 } => Facts.Fact("More prompts needed", "none", effect),
            { MorePrompts: { } more } => Facts.Fact("More prompts needed", Numerals.Count(more), effect),
            _ => Facts.Fact("More prompts needed", "unknown", plan.Withheld),
        })
            + (plan.SmallestDetectable is { } smallest ? Facts.Fact("These prompts would find", $"{Numerals.Percent(smallest)} or more", "as a decisive win rate, with the same chance") : Markup.None)
            + (plan.MorePromptsAtObservedEffect is { } observed ? Facts.Fact("If the rate seen were the true one", $"{Numerals.Count(observed)} more", "a poor guide: what is seen moves") : Markup.None);
    }
}
