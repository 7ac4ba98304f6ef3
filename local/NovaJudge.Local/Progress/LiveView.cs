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

    private Grid Draw()
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(1));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(0));
        string[] titles = ["Done", "Failed", "429", "Rate", "Left", "Cost"];
        foreach (var _ in titles)
        {
            grid.AddColumn(new GridColumn().RightAligned().NoWrap().PadLeft(2).PadRight(0));
        }

        grid.AddRow(["", "", .. titles.Select(title => $"[grey]{title}[/]")]);

        foreach (var row in _rows.Take())
        {
            var total = Math.Max(1, row.Total);
            var filled = (int)Math.Clamp(BarWidth * row.Done / total, 0, BarWidth);
            grid.AddRow(
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
            grid.AddRow("[bold]Spent[/]", "", "", "", "", "", "", $"[bold]{_rows.Spent}[/]");
        }

        return grid;
    }
}
