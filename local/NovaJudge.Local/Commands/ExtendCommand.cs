using System.CommandLine;
using NovaJudge.Local.Commands.Extending;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova extend RUN</c>: judge further prompts of the same data set and read all of them together.</summary>
internal static class ExtendCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A finished run." };
        var by = new Option<int>("--by") { Description = "Further prompts, drawn at random from those not yet judged. Default 100.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "What all batches say together as JSON, nothing else." };
        var command = new Command("extend", "Judge more prompts of a run's data set; what is judged already is not paid for again.") { run, by, store, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() => ExtendAsync(
            CommandShell.Store(result.GetValue(store)!), RunId.Parse(result.GetValue(run)!), result.GetValue(by), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> ExtendAsync(FileObjectStore store, RunId runId, int by, bool json, CancellationToken cancellationToken)
    {
        if (by is < 1 or > 1_000_000)
        {
            throw PipelineException.BadInput($"--by {by}: 1 to 1,000,000 prompts can be added at once.");
        }

        var chain = await ExtensionChain.LoadAsync(store, runId, cancellationToken);
        var body = await FreshPrompts.RequestAsync(chain, by, store, cancellationToken)
            ?? throw PipelineException.BadInput($"Every prompt of {chain.First.Request.Dataset.Source} was judged already; there is nothing to extend run {runId} by.");
        var (exitCode, _) = await RunCommand.StartAsync(body, chain.Next.Value, store, TimeProvider.System, new RunOutput(json, quiet: true), dryRun: false, cancellationToken);
        if (exitCode is ExitCodes.Done or ExitCodes.GateFailed)
        {
            (await ExtensionChain.LoadAsync(store, runId, cancellationToken)).Show(json);
        }

        return exitCode;
    }
}
