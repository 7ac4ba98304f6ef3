using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage;
using ErrorNames = NovaJudge.Pipeline.ErrorNames;

namespace NovaJudge.Local.Drills;

/// <summary>Models refuse, and endpoints go away.</summary>
internal static class ModelDrills
{
    private static readonly TimeSpan Throttling = TimeSpan.FromMinutes(8);

    public static IReadOnlyList<Drill> All { get; } =
    [
        new("throttled-b", "model B refuses every call for eight minutes", async (stage, findings, cancellationToken) =>
        {
            var end = stage.Clock.GetUtcNow() + Throttling;
            stage.Models.Failure = model => IsB(model) && stage.Clock.GetUtcNow() < end
                ? new ModelException(ModelFailureKind.Throttled, "http429", "Too many requests.")
                : null;
            stage.Models.Changed = failing => stage.Timeline.Trouble(
                failing ? "Model B refuses every call (429)" : $"Model B answers again, after {stage.Models.Refusals} refused calls");

            await Drill.SucceedAsync(stage, findings, cancellationToken);

            findings.Expect("every prompt is answered once by each model", stage.Models.Answers == 2 * Prompts(stage));
        }),

        new("dead-endpoint", "model B's endpoint is deleted after the run was planned", async (stage, findings, cancellationToken) =>
        {
            stage.Models.Failure = model => IsB(model)
                ? new ModelException(ModelFailureKind.Permanent, "unknownEndpoint", "There is no such endpoint. Deploy it, or name another model.")
                : null;
            stage.Models.Changed = failing => stage.Timeline.Trouble(failing ? "Model B's endpoint is gone" : "Model B's endpoint answers");

            var result = await stage.RunAsync(cancellationToken);
            await stage.SettleAsync();

            findings.Expect($"the execution fails with {ErrorNames.ModelUnusable}", result is { Status: ExecutionStatus.Failed, Error: ErrorNames.ModelUnusable });
            findings.Expect("failure.json says the same, and what to do", Failure(stage) is { } failure && failure.Contains(ErrorNames.ModelUnusable, StringComparison.Ordinal)
                && failure.Contains("Deploy it", StringComparison.Ordinal));
            findings.Expect("the dead endpoint is called once, not for every prompt", stage.Models.Refusals == 1);
            findings.Expect("no judge is started, nothing is published", stage.RunFiles("judge").Length == 0 && stage.RunFiles("summary.json").Length == 0);

            stage.Models.Failure = _ => null;
            stage.Timeline.Trouble("The endpoint is deployed again, and the run goes on (on AWS: Redrive)");
            await Drill.SucceedAsync(stage, findings, cancellationToken);
        }),
    ];

    private static bool IsB(ModelSettings model) => model.Model.ToString() == LocalDefaults.Request.ModelB!.Model;

    private static int Prompts(DrillStage stage) => File.ReadLines(stage.RunFiles("prompts.jsonl")[0]).Count();

    private static string? Failure(DrillStage stage) => stage.RunFiles("failure.json") is [var file]
        ? JsonElement.Parse(File.ReadAllBytes(file)).GetRawText()
        : null;
}
