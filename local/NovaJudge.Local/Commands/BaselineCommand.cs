using System.CommandLine;
using System.Text.Json;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova baseline</c>: pins the run that later runs of its suite are held against.</summary>
internal static class BaselineCommand
{
    public static Command Create() => new("baseline", "Pin the run that later runs of its suite are held against.") { Set(), Show() };

    private static Command Set()
    {
        var run = new Argument<string>("run") { Description = "A finished run." };
        var store = CommandShell.StoreOption();
        var command = new Command("set", "Pin a run; the looks of its suite start again.") { run, store };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
            SetAsync(CommandShell.Store(result.GetValue(store)!), RunId.Parse(result.GetValue(run)!), cancellationToken)));
        return command;
    }

    private static Command Show()
    {
        var suite = new Argument<string>("suite") { Description = $"The suite, as {ProgramName.Value} list --json shows it." };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "The baseline as JSON." };
        var command = new Command("show", "Show the pinned run of a suite.") { suite, store, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
            ShowAsync(CommandShell.Store(result.GetValue(store)!), result.GetValue(suite)!, result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> SetAsync(FileObjectStore store, RunId runId, CancellationToken cancellationToken)
    {
        var before = await store.FindRequestAsync(new RunKeys(runId), cancellationToken) is { } request
            ? await store.FindBaselineAsync(request.Suite, cancellationToken)
            : null;
        var baseline = await store.PinBaselineAsync(runId, TimeProvider.System.GetUtcNow(), cancellationToken);
        Console.WriteLine($"{baseline.Suite}: {runId} is the baseline now{(before is null ? "" : $", before it {before.RunId}")}.");
        Text.Write(baseline.Sentence);
        Text.Write($"Later runs of {baseline.Suite} fail their gate when model B has become worse. To judge its answers against today's: --model-a run:{runId}/b");
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(FileObjectStore store, string suite, bool json, CancellationToken cancellationToken)
    {
        var baseline = await store.FindBaselineAsync(Names.Suite(suite), cancellationToken)
            ?? throw PipelineException.BadInput($"No baseline is pinned for the suite {suite}. Pin a run: {ProgramName.Value} baseline set RUN");
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(baseline, LocalJson.Indented.PinnedBaseline));
            return ExitCodes.Done;
        }

        Console.WriteLine($"{baseline.Suite}: {baseline.RunId}, pinned {baseline.PinnedAt.UtcDateTime:yyyy-MM-dd HH:mm}");
        Text.Write(baseline.Sentence);
        Text.Write($"Judge {baseline.Conditions.Judge}, opponent {baseline.Conditions.Opponent}, data {baseline.Conditions.Data}");
        return ExitCodes.Done;
    }
}
