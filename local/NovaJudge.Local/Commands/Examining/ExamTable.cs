using System.Globalization;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Runs;
using Spectre.Console;

namespace NovaJudge.Local.Commands.Examining;

/// <summary>An exam for people, within 80 columns.</summary>
internal static class ExamTable
{
    public static void Show(ExamRecord record, FileObjectStore store)
    {
        var report = record.Report;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Question");
        foreach (var heading in new[] { "Asked", "Right", "Wrong", "Tie", "Turned", "None" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var kind in report.Kinds)
        {
            table.AddRow(ExamWords.Kind(kind.Kind), Text.Count(kind.Counts.Pairs), Share(kind.Right), Text.Count(kind.Counts.Wrong), Text.Count(kind.Counts.Undecided),
                Text.Count(kind.Counts.Inconsistent), Text.Count(kind.Counts.Unscored));
        }

        table.AddEmptyRow();
        table.AddRow("all", Text.Count(record.Questions), Share(report.Accuracy), Sum(report, kind => kind.Wrong), Sum(report, kind => kind.Undecided), Sum(report, kind => kind.Inconsistent), Sum(report, kind => kind.Unscored));
        AnsiConsole.Write(table);
        Text.Write("Wrong: the worse answer won, or one of two equal ones. Tie: although one is better. Turned: another verdict when the answers changed places. None: nothing that could be read.", new Style(Color.Grey));
        if (report.FirstShown is { } first)
        {
            Text.Write($"The answer shown first won {Text.Percent(first.Value)} of {Text.Count(first.N)} decisive passes ({Text.Range(first.Low, first.High)}); fair is half.");
        }

        foreach (var note in report.Notes)
        {
            Text.WriteNote(note);
        }

        Text.WriteBold(report.Faults.Count == 0 ? "These questions show no fault of the judge." : report.Faults.Count == 1 ? "The judge has a fault:" : "The judge has faults:");
        foreach (var fault in report.Faults)
        {
            Text.Write($"  {fault}");
        }

        Text.Write($"Kept in {Display(store.PathOf(ExamFiles.Key(record.Judge)))}; every report of a run with this judge tells it.");
        if (record.RunId is { } run)
        {
            Text.Write($"Each verdict: {Display(Path.Combine(ExamRun.StoreOf(store), new RunKeys(run).Report("report.html").Value))}");
        }
    }

    private static string Share(ExamShare? share) => share is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{share.Value * 100:0}% ({share.Low * 100:0}–{share.High * 100:0}%)");

    private static string Sum(ExamReport report, Func<ExamKindCounts, int> count) => Text.Count(report.Kinds.Sum(kind => count(kind.Counts)));

    private static string Display(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
}
