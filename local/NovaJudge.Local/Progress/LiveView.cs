using NovaJudge.Local.Commands;
using Spectre.Console;

namespace NovaJudge.Local.Progress;

/// <summary>Progress on a terminal: a line for each model and for the judge, which fits into 80 columns.</summary>
internal sealed class LiveView(IAnsiConsole console, RunProgress progress)
{
    private const int BarWidth = 10;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private readonly ProgressRows _rows = new(progress);

    public Task FollowAsync(Task run) => console.Live(Draw()).AutoClear(false).StartAsync(async context =>
    {
        while (await Task.WhenAny(run, Task.Delay(Period)) != run)
        {
            context.UpdateTarget(Draw());
        }

        context.UpdateTarget(Draw());
    });

    private Table Draw()
    {
        var table = new Table().NoBorder();
        table.AddColumn(new TableColumn("").NoWrap().PadRight(1));
        table.AddColumn(new TableColumn("").NoWrap().PadRight(1));
        foreach (var title in new[] { "Done", "Failed", "429", "Rate", "Left", "Cost" })
        {
            table.AddColumn(new TableColumn($"[grey]{title}[/]").RightAligned().NoWrap().PadLeft(1).PadRight(0));
        }

        foreach (var row in _rows.Take())
        {
            var total = Math.Max(1, row.Total);
            var filled = (int)Math.Clamp(BarWidth * row.Done / total, 0, BarWidth);
            table.AddRow(
                row.Name,
                $"[{(row.Done >= total ? "green" : "yellow")}]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]",
                row.Total == 0 ? "" : $"{CostTable.Short(row.Done)}/{CostTable.Short(row.Total)}",
                row.Failed > 0 ? $"[red]{CostTable.Short(row.Failed)}[/]" : "",
                row.Throttled > 0 ? $"[yellow]{CostTable.Short(row.Throttled)}[/]" : "",
                $"[grey]{(row.Done < row.Total ? row.RateText : "")}[/]",
                row.Left,
                row.Cost);
        }

        if (_rows.Spent.Length > 0)
        {
            table.AddRow("[bold]Spent[/]", "", "", "", "", "", "", $"[bold]{_rows.Spent}[/]");
        }

        return table;
    }
}
