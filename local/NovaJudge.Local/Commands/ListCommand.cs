using System.CommandLine;
using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Runs;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova list</c>: the runs of a store, newest first, unfinished and failed ones too.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "One JSON object per line." };
        var command = new Command("list", "List the runs of a store.") { store, json };
        command.SetAction((result, cancellationToken) =>
            CommandShell.GuardAsync(() => ListAsync(CommandShell.Store(result.GetValue(store)!), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> ListAsync(FileObjectStore store, bool json, CancellationToken cancellationToken)
    {
        var runs = new List<ListedRun>();
        var folder = Path.Combine(store.Root, "runs");
        foreach (var name in Directory.Exists(folder) ? Directory.GetDirectories(folder).Select(Path.GetFileName) : [])
        {
            if (RunId.TryParse(name, out var runId) && await ReadAsync(store, runId, cancellationToken) is { } run)
            {
                runs.Add(run);
            }
        }

        runs.Sort((x, y) => y.CreatedAt.CompareTo(x.CreatedAt));
        if (json)
        {
            foreach (var run in runs)
            {
                Console.WriteLine(JsonSerializer.Serialize(run, LocalJson.Line.ListedRun));
            }
        }
        else if (runs.Count == 0)
        {
            Console.WriteLine($"There is no run in {store.Root}. Make one: {ProgramName.Value} run");
        }
        else
        {
            Show(runs);
        }

        return ExitCodes.Done;
    }

    private static async Task<ListedRun?> ReadAsync(FileObjectStore store, RunId runId, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        if (await store.FindRequestAsync(keys, cancellationToken) is not { } request)
        {
            return null;
        }

        var summary = await store.FindSummaryAsync(keys, cancellationToken);
        var state = summary?.Verdict ?? (await store.FindAsync(keys.Failure, cancellationToken) is null ? "unfinished" : "failed");
        return new ListedRun(runId.Value, request.Suite, request.CreatedAt, state, summary?.Score, request.ModelA.Name, request.ModelB.Name);
    }

    private static void Show(List<ListedRun> runs)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Run", "Asked for", "Result", "B's score");
        foreach (var run in runs)
        {
            table.AddRow(Markup.Escape(run.RunId), $"{run.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}", run.State, run.Score is { } score ? $"{score * 100:0.0}%" : "");
        }

        AnsiConsole.Write(table);
    }
}
