using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Reads the outcomes of a run: the unit is the prompt, and prompts of one article are not independent.</summary>
internal sealed class RunAnalysis
{
    private RunAnalysis(DecisionInput input, AnalysisMetrics metrics) => (Input, Decision, Metrics) = (input, Decision.Of(input), metrics);

    /// <summary>What the decision looked at.</summary>
    public DecisionInput Input { get; }

    public Decision Decision { get; }

    public AnalysisMetrics Metrics { get; }

    /// <summary>From one verdict for each prompt.</summary>
    public static RunAnalysis OfPrompts(ScoredPrompts prompts, EvaluationRequest request)
    {
        var counts = prompts.ToCounts();
        var score = ScoreEstimate.FromClusters(prompts.Scores, prompts.Clusters, prompts.ClusterCount);
        var input = DecisionInput.From(counts, score, Rule(request));
        return new RunAnalysis(input, Describe(input, score, request) with
        {
            Position = Position(prompts, request.Judge),
            Clusters = Clusters(prompts.ClusterCount, score),
        });
    }

    /// <summary>From the judge's totals over both passes, where verdicts by row are not to be had.</summary>
    public static RunAnalysis OfPasses(NovaMetrics totals, EvaluationRequest request)
    {
        var (a, b, ties) = ((int)totals.AScores, (int)totals.BScores, (int)totals.Ties);
        var score = ScoreEstimate.FromPasses(a, b, ties);
        var input = DecisionInput.FromPasses(a, b, ties, (int)totals.InferenceError, Rule(request));
        return new RunAnalysis(input, Describe(input, score, request));
    }

    private static DecisionRule Rule(EvaluationRequest request) => new()
    {
        MaxErrorRate = request.Gate.MaxErrorRate,
        EquivalenceMargin = request.Analysis.EquivalenceMargin,
        Confidence = request.Analysis.Confidence,
    };

    private static AnalysisMetrics Describe(DecisionInput input, Finding<ScoreEstimate> score, EvaluationRequest request)
    {
        var (counts, confidence) = (input.Counts, request.Analysis.Confidence);
        return new AnalysisMetrics
        {
            Score = Estimate(score, confidence),
            ScoreForEquivalence = Estimate(score, input.Rule.EquivalenceConfidence),
            WinRate = counts.Decisive == 0 ? null : WinRate(counts, confidence),
            SignTest = counts.Decisive == 0 ? null : new SignTestMetrics(input.SignTestP, counts.B, counts.A),
            Position = new PositionMetrics(false, null, 0, 0, "The judge reported totals only."),
            Clusters = new ClusterMetrics(0, null, "the judge reported totals only"),
        };
    }

    private static Estimate? Estimate(Finding<ScoreEstimate> score, double confidence)
    {
        if (!score.TryGet(out var estimate))
        {
            return null;
        }

        var interval = estimate.Interval(confidence);
        var method = estimate.Basis switch
        {
            ScoreBasis.Clusters => "Bonett-Price, clusters",
            ScoreBasis.Prompts => "Bonett-Price, prompts as independent",
            _ => "Wilson, two passes as one prompt",
        };
        return new Estimate(estimate.Score, interval.Low, interval.High, confidence, method, (int)estimate.N);
    }

    private static Estimate WinRate(OutcomeCounts counts, double confidence)
    {
        var interval = WilsonInterval.Of(counts.B, counts.Decisive, confidence);
        return new Estimate((double)counts.B / counts.Decisive, interval.Low, interval.High, confidence, "Wilson", counts.Decisive);
    }

    private static PositionMetrics Position(ScoredPrompts prompts, JudgeSettings judge)
    {
        if (judge.Kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            return new PositionMetrics(false, null, 0, 0, "This judge scores each answer by itself, so it cannot prefer a position.");
        }

        var n = prompts.BothPasses;
        var consistent = n - prompts.Count(PromptOutcome.Inconsistent);
        return new PositionMetrics(true, n == 0 ? null : (double)consistent / n, consistent, n, null);
    }

    private static ClusterMetrics Clusters(int count, Finding<ScoreEstimate> score)
    {
        var effect = score.TryGet(out var estimate) ? estimate.DesignEffect : Finding.Withheld<double>(score.WithheldBecause!);
        return new ClusterMetrics(count, effect.TryGet(out var known) ? known : null, effect.WithheldBecause);
    }
}
