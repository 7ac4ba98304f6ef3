using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Puts the document of a run together from what its steps left.</summary>
internal static class RunMetricsBuilder
{
    private const string NovaNote =
        "As reported by the judge, over two passes of each row. Two passes of one row are not independent, and the *_stderr fields are not the uncertainty of the counts; "
        + "the judge's interval is inferred to come from about 100 bootstrap draws. Read \"analysis\" for our own numbers, whose unit is the prompt.";

    private const string LocalNote =
        "Counted by this pipeline in the shape of the Nova judge's results, over two passes of each row; no Nova model was called. Read \"analysis\" for the numbers whose unit is the prompt.";

    public static RunMetrics Build(
        EvaluationRequest request, SampleCounts sample, PairCounts pairs, string jobName, JudgeArchive archive, ReconciledVerdicts reconciled, ScoredPrompts prompts)
    {
        var models = ModelLabels.Describe(request);
        var outcomes = prompts.ToMetrics();
        var analysis = reconciled.RowsUsable ? RunAnalysis.OfPrompts(prompts, request) : RunAnalysis.OfPasses(archive.Aggregates, request);
        var verdict = new VerdictMetrics(
            DecisionWords.Of(analysis.Decision.Verdict), DecisionWords.Of(analysis.Decision.Reason),
            VerdictSentence.Of(analysis.Decision, analysis.Input, ModelLabels.Display(models.A), ModelLabels.Display(models.B)));
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
            Nova = archive.Aggregates with { Note = archive.Marker is null ? NovaNote : LocalNote },
            Analysis = analysis.Metrics,
            Verdict = verdict,
            Gate = RunGate.Check(request.Gate, outcomes, analysis.Metrics, analysis.Decision),
            Warnings = [.. reconciled.Warnings, .. Warnings(outcomes, analysis.Metrics, pairs, models)],
        };
    }

    private static IEnumerable<string> Warnings(OutcomeMetrics outcomes, AnalysisMetrics analysis, PairCounts pairs, ComparedModels models)
    {
        if (outcomes.Scored is > 0 and < 30)
        {
            yield return $"{outcomes.Scored} scored {(outcomes.Scored == 1 ? "prompt" : "prompts")} can only show very large differences.";
        }

        if (analysis.Clusters.Withheld is { } withheld)
        {
            yield return $"The interval takes prompts as independent: {withheld}.";
        }

        foreach (var (slot, model) in new[] { (pairs.Generation.A, models.A), (pairs.Generation.B, models.B) })
        {
            if (slot.Empty > 0)
            {
                yield return $"{ModelLabels.Display(model)} gave {slot.Empty} empty {(slot.Empty == 1 ? "answer" : "answers")}; they were judged as they are.";
            }
        }
    }
}
