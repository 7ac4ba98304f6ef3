using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaJudge.Local.Drills;

/// <summary>Drills as a person reads them.</summary>
internal static class DrillView
{
    /// <summary>One drill with its timeline; what the drill did is marked.</summary>
    public static IRenderable Of(DrillReport report)
    {
        var timeline = Columns();
        foreach (var moment in Together(report.Timeline))
        {
            var what = moment.Count == 1 ? moment.Entry.What : $"{moment.Entry.What} ({moment.Count} times)";
            var style = moment.Entry.IsTrouble ? new Style(Color.Yellow, decoration: Decoration.Bold) : Style.Plain;
            timeline.AddRow(new Text(moment.Entry.IsTrouble ? "!" : "", style), new Text(moment.Entry.After.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture), style), new Text(what, style));
        }

        var findings = Columns();
        foreach (var (what, holds) in report.Findings)
        {
            AddFinding(findings, what, holds);
        }

        AddFinding(findings, Equality(report), report.IsEqual);
        foreach (var difference in report.Differences)
        {
            findings.AddRow("", "", Markup.Escape(difference));
        }

        return new Rows(new Text($"{report.Drill.Name}: {report.Drill.Trouble}"), new Text(""), timeline, new Text(""), findings);
    }

    /// <summary>Several drills, a line for each.</summary>
    public static IRenderable Of(IReadOnlyList<DrillReport> reports)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Drill", "Trouble", "Took", "Result");
        foreach (var report in reports)
        {
            var failed = report.Findings.Where(finding => !finding.Holds).Select(finding => $"not so: {finding.What}").ToArray();
            var result = failed.Length > 0 ? string.Join("; ", failed) : Equality(report);
            table.AddRow(
                new Text(report.Drill.Name), new Text(report.Drill.Trouble),
                new Text(report.Timeline[^1].After.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)),
                new Text(report.Passed ? "equal" : result, report.Passed ? Style.Plain : new Style(Color.Red)));
        }

        return new Rows(table, new Text($"equal: {reports[0].Compared} objects as in the run that nothing disturbs, byte for byte, telemetry and time stamps aside. "
            + $"Time is virtual. A timeline: {ProgramName.Value} drill NAME"));
    }

    private static string Equality(DrillReport report) => report.IsEqual
        ? $"the result equals the undisturbed run's: {report.Compared} objects, byte for byte"
        : $"the result differs from the undisturbed run's in {report.Differences.Count} objects";

    private static Grid Columns() => new Grid()
        .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(1)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));

    private static void AddFinding(Grid grid, string what, bool holds) =>
        grid.AddRow(new Text(""), holds ? new Text("yes", new Style(Color.Green)) : new Text("NO", new Style(Color.Red, decoration: Decoration.Bold)), new Text(what));

    /// <summary>The same thing at the same time is one line.</summary>
    private static IEnumerable<(TimelineEntry Entry, int Count)> Together(IReadOnlyList<TimelineEntry> timeline)
    {
        var count = 0;
        for (var i = 0; i < timeline.Count; i++)
        {
            count++;
            if (i + 1 == timeline.Count || timeline[i + 1].What != timeline[i].What || timeline[i + 1].After - timeline[i].After >= TimeSpan.FromSeconds(1))
            {
                yield return (timeline[i], count);
                count = 0;
            }
        }
    }
}
