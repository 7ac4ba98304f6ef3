using System.CommandLine;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova show RUN</c>: what a run found, or how far it came and what that cost.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = $"The run's id, as {ProgramName.Value} list shows it." };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "The summary as JSON on standard output, nothing else; of an unfinished run its ledger." };
        var command = new Command("show", "Show what a run found; of an unfinished one, what it has cost so far.") { run, store, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
        {
            var files = CommandShell.Store(result.GetValue(store)!);
            var keys = new RunKeys(RunId.Parse(result.GetValue(run)!));
            return await files.FindAsync(keys.Summary, cancellationToken) is null && await files.FindRequestAsync(keys, cancellationToken) is { } request
                ? await UnfinishedRun.ShowAsync(files, request, result.GetValue(json), cancellationToken)
                : await new RunOutput(result.GetValue(json)).ShowResultAsync(files, files.Root, keys.RunId, invite: false, cancellationToken);
        }));
        return command;
    }
}
