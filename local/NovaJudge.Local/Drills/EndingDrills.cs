using NovaJudge.Local.Cloud;
using NovaJudge.LocalAws.Lambda;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Local.Drills;

/// <summary>Functions die, processes are killed, executions are stopped.</summary>
internal static class EndingDrills
{
    private static readonly TimeSpan BeforeAnySweep = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan WhileJudging = TimeSpan.FromMinutes(6);

    public static IReadOnlyList<Drill> All { get; } =
    [
        new("crash-mid-judge", "the function that starts the judge dies, then the process that runs the machine", async (stage, findings, cancellationToken) =>
        {
            var died = false;
            stage.AfterStep = step =>
            {
                if (step == StepNames.StartJudge && !died)
                {
                    died = true;
                    stage.Timeline.Trouble("StartJudge's function dies: the job exists, but nobody is told");
                    throw new FunctionErrorException(FunctionErrorException.Report("Runtime.ExitError", "Runtime exited with error: signal: killed"));
                }
            };
            stage.At(BeforeAnySweep, () =>
            {
                findings.Expect("the retry has joined the job with a token of its own", stage.OpenCallbacks() == 2);
                return Task.CompletedTask;
            });
            stage.At(WhileJudging, async () =>
            {
                stage.Timeline.Trouble("The process that runs the machine is killed, and the judge with it");
                await stage.AbortAsync();
                await stage.LoseProcessAsync();
            });

            await stage.RunAsync(cancellationToken);
            await stage.SettleAsync();

            stage.Timeline.Trouble("The same run is started again");
            await Drill.SucceedAsync(stage, findings, cancellationToken);
            findings.Expect("no prompt is asked twice", stage.Models.Answers == 2 * File.ReadLines(stage.RunFiles("prompts.jsonl")[0]).Count());
        }),

        new("aborted", "somebody stops the execution while the judge works", async (stage, findings, cancellationToken) =>
        {
            stage.At(WhileJudging, async () =>
            {
                stage.Timeline.Trouble("The execution is stopped");
                await stage.AbortAsync();
                await stage.DeliverAsync(CloudEvents.ExecutionEnded(
                    CloudNames.ExecutionArn(DrillStage.DefaultRunId), DrillStage.DefaultRunId, "ABORTED", stage.Clock.GetUtcNow()));
            });

            await stage.RunAsync(cancellationToken);
            await stage.SettleAsync();
            findings.Expect("the judge's job is stopped, so that it costs no more", stage.Stopped is [$"nova-{DrillStage.DefaultRunId}-1"]);
            findings.Expect("its token is forgotten", stage.OpenCallbacks() == 0);
            findings.Expect("nothing is published", stage.RunFiles("summary.json").Length == 0);

            stage.Timeline.Trouble("The run goes on (on AWS: Redrive)");
            await Drill.SucceedAsync(stage, findings, cancellationToken);
        }),
    ];
}
