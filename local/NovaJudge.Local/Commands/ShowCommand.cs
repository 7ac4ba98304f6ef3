using System.CommandLine;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova show RUN</c>: what a finished run found.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "The run's id, as nova list shows it." };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "The summary as JSON on standard output, nothing else." };
        var command = new Command("show", "Show what a finished run found.") { run, store, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
        {
            var files = CommandShell.Store(result.GetValue(store)!);
            return new RunOutput(result.GetValue(json)).ShowResultAsync(files, files.Root, RunId.Parse(result.GetValue(run)!), invite: false, cancellationToken);
        }));
        return command;
    }
}
