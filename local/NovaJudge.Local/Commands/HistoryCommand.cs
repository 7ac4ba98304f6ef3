using System.CommandLine;
using System.Text.Json;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova history SUITE</c>: how the suite went over time.</summary>
internal static class HistoryCommand
{
    private const int BarWidth = 15;

    public static Command Create()
    {
        var suite = new Argument<string?>("suite") { Description = "The suite; without one all suites are listed.", Arity = ArgumentArity.ZeroOrOne };
        var store = CommandShell.StoreOption();
        var most = new Option<int>("--most") { Description = "Latest runs to show. Default 30.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var json = new Option<bool>("--json") { Description = "One JSON object per run, oldest first." };
        var command = new Command("history", "Show the runs of a suite over time.") { suite, store, most, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
        {
            var files = CommandShell.Store(result.GetValue(store)!);
            return result.GetValue(suite) is { } name
                ? ShowAsync(files, Names.Suite(name), Math.Max(1, result.GetValue(most)), result.GetValue(json), cancellationToken)
                : ListAsync(files, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ListAsync(FileObjectStore store, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var entry in store.ListAsync("history/", cancellationToken))
        {
            var suite = entry.Key.Value.Split('/')[1];
            counts[suite] = counts.GetValueOrDefault(suite) + 1;
        }

        Console.WriteLine(counts.Count == 0 ? $"No run has finished in {store.Root}. Make one: {ProgramName.Value} run" : string.Join('\n', counts.Select(suite => $"{suite.Key}: {suite.Value} {(suite.Value == 1 ? "run" : "runs")}")));
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(FileObjectStore store, string suite, int most, bool json, CancellationToken cancellationToken)
    {
        var runs = new List<RunSummary>();
        await foreach (var run in store.ReadHistoryAsync(suite, since: null, cancellationToken))
        {
            runs.Add(run);
        }

        if (runs.Count == 0)
        {
            throw PipelineException.BadInput($"The suite {suite} has no finished run in {store.Root}. See the suites: {ProgramName.Value} history");
        }

        if (json)
        {
            runs.ForEach(run => Console.WriteLine(JsonSerializer.Serialize(run, LocalJson.Line.RunSummary)));
            return ExitCodes.Done;
        }

        var baseline = await store.FindBaselineAsync(suite, cancellationToken);
        Show(runs[Math.Max(0, runs.Count - most)..], baseline);
        Console.WriteLine(baseline is null
            ? $"No baseline is pinned. Pin a run: {ProgramName.Value} baseline set {runs[^1].RunId}"
            : $"Baseline: {baseline.RunId}, pinned {baseline.PinnedAt.UtcDateTime:yyyy-MM-dd}");
        if (runs[^1].Regression is { State: not RegressionState.NotChecked } check)
        {
            Text.Write(check.Because);
        }

        return ExitCodes.Done;
    }

    private static void Show(List<RunSummary> runs, PinnedBaseline? baseline)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("Asked for").NoWrap()).AddColumn(new TableColumn("Run").NoWrap()).AddColumn(new TableColumn("Score").RightAligned().NoWrap())
            .AddColumn(new TableColumn("0%    50%  100%").NoWrap()).AddColumn(new TableColumn("Check").NoWrap());
        foreach (var run in runs)
        {
            table.AddRow(
                $"{run.CreatedAt.UtcDateTime:MM-dd HH:mm}", Markup.Escape(run.RunId.Value) + (run.RunId == baseline?.RunId ? " [bold]*[/]" : ""),
                run.Score is { } score ? Text.Percent(score) : "none", Bar(run), Check(run.Regression));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The interval as a line, the score as a mark, one half as a dot.</summary>
    private static string Bar(RunSummary run)
    {
        var bar = Enumerable.Repeat(' ', BarWidth).ToArray();
        bar[BarWidth / 2] = '·';
        if (run is { Score: { } score, Interval: [var low, var high] })
        {
            for (var at = Place(low); at <= Place(high); at++)
            {
                bar[at] = '─';
            }

            bar[Place(score)] = '●';
        }

        return new string(bar);

        static int Place(double share) => (int)Math.Round(Math.Clamp(share, 0, 1) * (BarWidth - 1));
    }

    private static string Check(RegressionMetrics? check) => check?.State switch
    {
        RegressionState.Regression => "[red]regression[/]",
        RegressionState.NoRegression => "ok",
        _ => "[grey]–[/]",
    };
}
