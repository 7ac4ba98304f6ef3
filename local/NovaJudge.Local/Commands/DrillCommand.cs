using System.CommandLine;
using NovaJudge.Local.Drills;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova drill</c>: plays a trouble on the approved template and shows what the pipeline makes of it.</summary>
internal static class DrillCommand
{
    private const string Everything = "all";

    public static Command Create()
    {
        var name = new Argument<string>("trouble")
        {
            HelpName = "trouble",
            Description = $"One of {string.Join(", ", Drill.All.Select(drill => drill.Name))}, or {Everything}.",
            DefaultValueFactory = _ => Everything,
        };
        name.AcceptOnlyFromAmong([Everything, .. Drill.All.Select(drill => drill.Name)]);
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "Keep the stores of the drills in this folder, to look at. Default: none is kept.", HelpName = "DIR" };
        var command = new Command("drill", "Play a trouble on the real state machine and compare the result with the undisturbed run's.") { name, keep };
        command.SetAction((result, cancellationToken) =>
            CommandShell.GuardAsync(() => DrillAsync(result.GetValue(name)!, result.GetValue(keep), cancellationToken)));
        return command;
    }

    private static async Task<int> DrillAsync(string name, DirectoryInfo? keep, CancellationToken cancellationToken)
    {
        if (keep is { Exists: true } && keep.EnumerateFileSystemInfos().Any())
        {
            throw Pipeline.PipelineException.BadInput($"--keep {keep}: the folder is not empty; name a new one.");
        }

        var folder = keep?.FullName ?? Directory.CreateTempSubdirectory("nova-drill-").FullName;
        try
        {
            var reports = new List<DrillReport>();
            foreach (var drill in Drill.All.Where(drill => name is Everything || drill.Name == name))
            {
                reports.Add(await drill.RunAsync(folder, cancellationToken));
            }

            AnsiConsole.Write(reports.Count == 1 ? DrillView.Of(reports[0]) : DrillView.Of(reports));
            return reports.All(report => report.Passed) ? ExitCodes.Done : ExitCodes.RunFailed;
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
