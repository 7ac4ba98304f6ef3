using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Reads the outcomes of a run: the unit is the prompt, and prompts of one article are not independent.</summary>
internal sealed class RunAnalysis
{
    private const double MostPasses = 200_000_000;

    private RunAnalysis(DecisionInput input, AnalysisMetrics metrics) => (Input, Decision, Metrics) = (input, Decision.Of(input), metrics);

    /// <summary>What the decision looked at.</summary>
    public DecisionInput Input { get; }

    public Decision Decision { get; }

    public AnalysisMetrics Metrics { get; private init; }

    /// <summary>From one verdict for each prompt.</summary>
    public static RunAnalysis OfPrompts(ScoredPrompts prompts, VerdictSource source, PairCounts pairs, EvaluationRequest request)
    {
        var counts = prompts.ToCounts();
        var clustered = ClusteredScore.Of(prompts);
        var score = clustered.Score;
        var rule = Rule(request.Analysis, request.Gate);
        var analysis = Describe(DecisionInput.From(counts, score, rule), score, request.Analysis);
        return analysis.With(analysis.Metrics with
        {
            Position = BiasPanel.Position(prompts, source, request.Judge),
            Length = prompts.HasAnswers ? BiasPanel.Length(prompts, rule.Confidence) : null,
            Family = ModelFamilies.Compare(request),
            Clusters = clustered.ToMetrics(),
            Slices = Slices(prompts, rule.Confidence),
            Answers = prompts.HasAnswers ? prompts.Answers.ToMetrics() : null,
            ScoreFailuresLose = FailuresLose(counts, pairs.Generation, rule, analysis.Decision, score),
        });
    }

    /// <summary>From the judge's totals over both passes, where verdicts by row are not to be had.</summary>
    /// <param name="totals">The judge's totals.</param>
    /// <param name="excluded">Prompts that the judge never saw.</param>
    /// <param name="analysis">How to read them.</param>
    /// <param name="gate">The limit of errors.</param>
    public static RunAnalysis OfPasses(NovaMetrics totals, OutcomeCounts excluded, AnalysisSettings analysis, GateSettings gate)
    {
        var (a, b, ties) = (Count(totals.AScores), Count(totals.BScores), Count(totals.Ties));
        var input = DecisionInput.FromPasses(a, b, ties, Count(totals.InferenceError), Rule(analysis, gate));
        input = input with { Counts = input.Counts with { GenerationFailed = excluded.GenerationFailed, TooLongForJudge = excluded.TooLongForJudge } };
        return Describe(input, ScoreEstimate.FromPasses(a, b, ties), analysis);
    }

    private static int Count(double passes) => passes <= MostPasses
        ? (int)Math.Round(passes)
        : throw new PipelineException(ErrorNames.JudgeOutput, $"The judge reports {passes} passes, which no run has. Look into its results file.");

    /// <summary>The same with what more prompts would cost.</summary>
    public RunAnalysis WithCost(PromptCost cost) => Metrics.Plan is not { } plan ? this : With(Metrics with
    {
        Plan = plan with
        {
            Cost = new PlanCost(cost.Usd, cost.Usd is { } usd && plan.MorePrompts is { } more ? Math.Round(usd * more, 6) : null, cost.Prices, cost.Unknown, cost.Beside),
        },
    });

    private RunAnalysis With(AnalysisMetrics metrics) => new(Input, metrics);

    private static DecisionRule Rule(AnalysisSettings analysis, GateSettings gate) => new()
    {
        MaxErrorRate = gate.MaxErrorRate,
        EquivalenceMargin = analysis.EquivalenceMargin,
        Confidence = analysis.Confidence,
    };

    /// <summary>What counts alone can tell.</summary>
    private static RunAnalysis Describe(DecisionInput input, Finding<ScoreEstimate> score, AnalysisSettings settings)
    {
        var (counts, rule) = (input.Counts, input.Rule);
        var decisive = counts.Decisive > 0;
        return new RunAnalysis(input, new AnalysisMetrics
        {
            Score = Estimates.Of(score, rule.Confidence),
            ScoreForEquivalence = Estimates.Of(score, rule.EquivalenceConfidence),
            WinRate = Estimates.OfShare(counts.B, counts.Decisive, rule.Confidence),
            SignTest = decisive ? new SignTestMetrics(input.SignTestP, input.Signs.B, input.Signs.A) : null,
            Posterior = decisive ? Posterior(counts, rule.Confidence) : null,
            Bounds = counts.Total > 0 ? Bounds(counts, rule, score) : null,
            Position = new PositionMetrics(false, null, 0, 0, "The judge reported totals only."),
            Clusters = new ClusterMetrics(0, null, "the judge reported totals only"),
            Plan = Plan(counts, settings, score),
        });
    }

    private static PosteriorMetrics Posterior(OutcomeCounts counts, double confidence)
    {
        var posterior = BetaPosterior.Of(counts.A, counts.B);
        var credible = posterior.Credible(confidence);
        return new PosteriorMetrics(posterior.ProbabilityBBetter, credible.Low, credible.High, confidence, posterior.BayesFactor);
    }

    private static BoundsMetrics Bounds(OutcomeCounts counts, DecisionRule rule, Finding<ScoreEstimate> score)
    {
        var bounds = OutcomeBounds.Of(counts, rule, score.TryGet(out var like) ? like : null);
        return new BoundsMetrics(
            counts.WithoutVerdict, bounds.Score.Low, bounds.Score.High,
            DecisionWords.Of(bounds.IfAllToA.Verdict), DecisionWords.Of(bounds.IfAllToB.Verdict), bounds.VerdictIsRobust);
    }

    /// <summary>Both failed = failures of A + failures of B - prompts with a failure: no answer needs to be read again for it.</summary>
    private static FailuresLoseMetrics? FailuresLose(
        OutcomeCounts counts, GenerationMetrics generation, DecisionRule rule, Decision decision, Finding<ScoreEstimate> score)
    {
        if (counts.GenerationFailed == 0)
        {
            return null;
        }

        var onlyA = Math.Clamp(counts.GenerationFailed - generation.B.Failed, 0, counts.GenerationFailed);
        var onlyB = Math.Clamp(counts.GenerationFailed - generation.A.Failed, 0, counts.GenerationFailed - onlyA);
        var reading = Statistics.FailuresLose.Of(counts, onlyA, onlyB, rule, score.TryGet(out var like) ? like : null);
        return reading.Score.TryGet(out var value)
            ? new FailuresLoseMetrics(value, DecisionWords.Of(reading.Decision.Verdict), reading.Decision.Verdict != decision.Verdict)
            : null;
    }

    private static PlanMetrics Plan(OutcomeCounts counts, AnalysisSettings settings, Finding<ScoreEstimate> score)
    {
        var plan = PromptPlan.Of(
            counts, settings.SmallestEffect, score.TryGet(out var estimate) ? estimate.AppliedDesignEffect : 1, alpha: 1 - settings.Confidence);
        return new PlanMetrics(
            plan.SmallestEffect, plan.Prompts.OrNull(), plan.MorePrompts.OrNull(), plan.MorePromptsAtObservedEffect.OrNull(),
            plan.SmallestDetectable.OrNull(), plan.Prompts.WithheldBecause);
    }

    private static SlicesMetrics? Slices(ScoredPrompts prompts, double confidence)
    {
        if (prompts.CategoryNames.Count == 0)
        {
            return null;
        }

        var slices = SliceRates.Of(CategorySlices.Of(prompts), confidence);
        return new SlicesMetrics(
            [.. slices.Shown.OrderByDescending(slice => slice.Rates.N).ThenBy(slice => slice.Name, StringComparer.Ordinal).Select(slice => Describe(slice, confidence))],
            slices.TooSmall.Count,
            slices.Heterogeneity.TryGet(out var found) ? new HeterogeneityMetrics(found.ChiSquare, found.DegreesOfFreedom, found.P, found.SmallestExpected) : null,
            slices.Heterogeneity.WithheldBecause);
    }

    private static SliceMetrics Describe(SliceRate slice, double confidence)
    {
        var (a, b, ties) = (slice.Rates.AWins, slice.Rates.BWins, slice.Rates.Ties);
        return new SliceMetrics(slice.Name, slice.Rates.N, a, b, ties, Estimates.Of(ScoreEstimate.FromPrompts(a, b, ties), confidence)!, slice.SignTestP, slice.AdjustedP);
    }
}
