using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Holds a run against what its request demands. What could not be checked never counts as passed.</summary>
internal static class RunGate
{
    public static GateMetrics Check(GateSettings settings, RunAnalysis analysis, RegressionMetrics regression)
    {
        GateCheck[] checks = [.. settings.FailOn.Distinct().Select(condition => Check(condition, settings, analysis, regression))];
        var status = checks.Any(check => check.Status == GateStatus.Failed) ? GateStatus.Failed
            : checks.Length == 0 || checks.Any(check => check.Status == GateStatus.NotChecked) ? GateStatus.NotChecked
            : GateStatus.Passed;
        return new GateMetrics(status, checks);
    }

    private static GateCheck Check(string condition, GateSettings settings, RunAnalysis analysis, RegressionMetrics regression) => condition switch
    {
        "errors" when analysis.Input.Counts.ErrorRate.TryGet(out var rate) => Is(condition, rate <= settings.MaxErrorRate,
            $"{rate:0.0%} of the prompts have no verdict; at most {settings.MaxErrorRate:0.0%} may."),
        "score" when analysis.Metrics.Score is { } score => Is(condition, score.Value >= settings.MinScore,
            $"The score of model B is {score.Value:0.000}; at least {settings.MinScore:0.000} is asked for."),
        "score" => new GateCheck(condition, GateStatus.NotChecked, "No prompt was scored."),
        "inconclusive" => Is(condition, analysis.Decision.Verdict != RunVerdict.Inconclusive, $"The verdict is {DecisionWords.Of(analysis.Decision.Verdict)}."),
        "errors" => new GateCheck(condition, GateStatus.NotChecked, "The run has no prompts."),
        "regression" => new GateCheck(condition, regression.State switch
        {
            RegressionState.Regression => GateStatus.Failed,
            RegressionState.NoRegression => GateStatus.Passed,
            _ => GateStatus.NotChecked,
        }, regression.Because),
        _ => new GateCheck(condition, GateStatus.NotChecked, $"Nobody knows how to check \"{condition}\"."),
    };

    private static GateCheck Is(string condition, bool holds, string message) =>
        new(condition, holds ? GateStatus.Passed : GateStatus.Failed, message);
}
