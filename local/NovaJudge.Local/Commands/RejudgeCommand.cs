using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Commands.Rejudging;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova rejudge RUN</c>: the same prompts and answers before another judge, and how far the two agree.</summary>
internal static class RejudgeCommand
{
    public static Command Create()
    {
        var judging = new JudgeOptions();
        var run = new Argument<string>("run") { Description = "A run whose answers are complete." };
        var runId = new Option<string?>("--run-id") { Description = "Name the new run yourself.", HelpName = "ID" };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "Summary and agreement as JSON, nothing else." };
        var command = new Command("rejudge", "Let another judge read a run's answers; no model is asked again.") { run, runId, store, json };
        judging.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
        {
            var options = judging.ReadFile(result);
            judging.Apply(result, options);
            return RejudgeAsync(
                CommandShell.Store(result.GetValue(store)!), RunId.Parse(result.GetValue(run)!), options["judge"]?.DeepClone() as JsonObject, result.GetValue(runId),
                result.GetValue(json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RejudgeAsync(FileObjectStore store, RunId first, JsonObject? judge, string? givenId, bool json, CancellationToken cancellationToken)
    {
        if (judge?["kind"] is null)
        {
            throw PipelineException.BadInput($"Who is to judge run {first} now? Name a judge, such as --judge model:ollama:NAME");
        }

        var body = await JudgedAnswers.RequestAsync(store, first, judge, cancellationToken);
        var (exitCode, started) = await RunCommand.StartAsync(body, givenId, store, TimeProvider.System, new RunOutput(json, quiet: json), dryRun: false, cancellationToken);
        if (started is not { } second || exitCode is not (ExitCodes.Done or ExitCodes.GateFailed))
        {
            return exitCode;
        }

        var earlier = await store.FindMetricsAsync(new RunKeys(first), cancellationToken);
        var later = await store.FindMetricsAsync(new RunKeys(second), cancellationToken);
        var compared = await ComparedJudges.OfAsync(store, first, second, cancellationToken);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new RejudgedDocument(await store.FindSummaryAsync(new RunKeys(second), cancellationToken), AgreementTable.Document(compared)), LocalJson.Indented.RejudgedDocument));
        }
        else
        {
            AgreementTable.Show(compared, earlier, later!);
        }

        return exitCode;
    }
}
