using NovaJudge.Pipeline.Metrics;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary>A run's outcomes as a table that fits into 80 columns.</summary>
internal static class ResultTable
{
    public static Table Of(RunMetrics metrics)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("Prompts").RightAligned()).AddColumn(new TableColumn("Share").RightAligned());
        var outcomes = metrics.Outcomes;
        Add(table, $"{ModelLabels.Display(metrics.Models.A)} answered better", outcomes.A, outcomes.Total);
        Add(table, $"{ModelLabels.Display(metrics.Models.B)} answered better", outcomes.B, outcomes.Total);
        Add(table, "Tie", outcomes.Tie, outcomes.Total);
        AddIfAny(table, "Inconsistent (scored as ties)", outcomes.Inconsistent, outcomes.Total);
        AddIfAny(table, "No readable verdict", outcomes.Unscored, outcomes.Total);
        foreach (var (slot, model) in new[] { (metrics.Generation.A, metrics.Models.A), (metrics.Generation.B, metrics.Models.B) })
        {
            foreach (var (kind, count) in slot.FailuresByKind)
            {
                Add(table, $"{ModelLabels.Display(model)} failed: {kind}", count, outcomes.Total);
            }
        }

        AddIfAny(table, "Without both answers", outcomes.GenerationFailed, outcomes.Total);
        AddIfAny(table, "Too long for the judge", outcomes.TooLongForJudge, outcomes.Total);
        table.AddEmptyRow();
        AddEstimate(table, "Score of B: wins + half the ties", metrics.Analysis.Score);
        AddEstimate(table, "Win rate of B: decisive prompts", metrics.Analysis.WinRate);
        if (metrics.Analysis.SignTest is { } test)
        {
            table.AddRow("Sign test, two-sided p", "", test.P < 0.001 ? "< 0.001" : $"{test.P:0.000}");
        }

        table.AddRow("Position consistency", "", metrics.Analysis.Position is { Consistency: { } consistency } ? $"{consistency:0.0%}" : "not applicable");
        return table;
    }

    private static void AddIfAny(Table table, string name, int count, int total)
    {
        if (count > 0)
        {
            Add(table, name, count, total);
        }
    }

    private static void Add(Table table, string name, int count, int total) =>
        table.AddRow(Markup.Escape(name), $"{count:N0}", total == 0 ? "" : $"{(double)count / total:0.0%}");

    private static void AddEstimate(Table table, string name, Estimate? estimate)
    {
        if (estimate is not null)
        {
            table.AddRow(name, $"{estimate.N:N0}", $"{estimate.Value * 100:0.0}% ({estimate.Low * 100:0.0}–{estimate.High * 100:0.0}%)");
        }
    }
}
