using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Holds a run against what its request demands. What could not be checked never counts as passed.</summary>
internal static class RunGate
{
    public static GateMetrics Check(GateSettings settings, OutcomeMetrics outcomes, AnalysisMetrics analysis, Decision decision)
    {
        GateCheck[] checks = [.. settings.FailOn.Distinct().Select(condition => Check(condition, settings, outcomes, analysis, decision))];
        var status = checks.Any(check => check.Status == GateStatus.Failed) ? GateStatus.Failed
            : checks.Length == 0 || checks.Any(check => check.Status == GateStatus.NotChecked) ? GateStatus.NotChecked
            : GateStatus.Passed;
        return new GateMetrics(status, checks);
    }

    private static GateCheck Check(string condition, GateSettings settings, OutcomeMetrics outcomes, AnalysisMetrics analysis, Decision decision) => condition switch
    {
        "errors" => Is(condition, outcomes.ErrorRate <= settings.MaxErrorRate,
            $"{outcomes.ErrorRate:0.0%} of the prompts have no verdict; at most {settings.MaxErrorRate:0.0%} may."),
        "score" when analysis.Score is { } score => Is(condition, score.Value >= settings.MinScore,
            $"The score of model B is {score.Value:0.000}; at least {settings.MinScore:0.000} is asked for."),
        "score" => new GateCheck(condition, GateStatus.NotChecked, "No prompt was scored."),
        "inconclusive" => Is(condition, decision.Verdict != RunVerdict.Inconclusive, $"The verdict is {DecisionWords.Of(decision.Verdict)}."),
        _ => new GateCheck(condition, GateStatus.NotChecked, "There is no pinned baseline to hold this run against."),
    };

    private static GateCheck Is(string condition, bool holds, string message) =>
        new(condition, holds ? GateStatus.Passed : GateStatus.Failed, message);
}
