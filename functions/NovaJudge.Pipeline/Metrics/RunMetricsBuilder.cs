using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Puts the document of a run together from what its steps left.</summary>
internal static class RunMetricsBuilder
{
    public static RunAnalysis Analyse(EvaluationRequest request, PairCounts pairs, JudgeArchive archive, ReconciledVerdicts reconciled, ScoredPrompts prompts) =>
        reconciled.RowsUsable
            ? RunAnalysis.OfPrompts(prompts, reconciled.Source, pairs, request)
            : RunAnalysis.OfPasses(archive.Aggregates, prompts.ToCounts(), request.Analysis, request.Gate);

    public static RunMetrics Build(
        EvaluationRequest request, SampleCounts sample, PairCounts pairs, string jobName, NovaMetrics nova, bool isNova, IReadOnlyList<string> warnings, OutcomeMetrics outcomes,
        RunAnalysis analysis, RegressionMetrics regression)
    {
        var models = ModelLabels.Describe(request);
        return new RunMetrics
        {
            RunId = request.RunId,
            Suite = request.Suite,
            CreatedAt = request.CreatedAt,
            Models = models,
            Judge = ModelLabels.Describe(request.Judge, jobName),
            Dataset = new DatasetDescription(
                request.Dataset.Source, sample.Format, sample.Records, sample.UnanswerableLeftOut, sample.Prompts, request.Dataset.Sample.Method, request.Dataset.Sample.Seed),
            Outcomes = outcomes,
            Generation = pairs.Generation,
            Nova = nova with { Note = NovaNotes.Of(nova, isNova) },
            Analysis = analysis.Metrics,
            Verdict = Verdict(analysis, models),
            Regression = regression,
            Gate = RunGate.Check(request.Gate, analysis, regression),
            Warnings = [.. warnings, .. RunWarnings.Of(outcomes, analysis.Metrics, pairs, models, request.Generation.Repeats)],
        };
    }

    public static VerdictMetrics Verdict(RunAnalysis analysis, ComparedModels models) => new(
        DecisionWords.Of(analysis.Decision.Verdict), DecisionWords.Of(analysis.Decision.Reason),
        VerdictExplanation.Sentence(analysis, ModelLabels.Display(models.A), ModelLabels.Display(models.B)))
    {
        Explanation = VerdictExplanation.Of(analysis),
    };
}
