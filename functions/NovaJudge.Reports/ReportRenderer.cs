using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.History;
using NovaJudge.Reports.Html;
using NovaJudge.Reports.Records;
using NovaJudge.Reports.Tables;

namespace NovaJudge.Reports;

/// <summary>Writes a run's report files into the store. Records are streamed: memory does not grow with their number.</summary>
public sealed class ReportRenderer : IReportRenderer
{
    public async Task<IReadOnlyList<string>> RenderAsync(RunId runId, RunMetrics metrics, IObjectStore store, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        var records = new RunRecords(store, keys);
        var figure = Figure.Compose(metrics);
        var drawings = Task.Run(() => (Light: Png(figure, FigureTheme.Light), Dark: Png(figure, FigureTheme.Dark)), cancellationToken);

        // The table comes first: on the way to it the records are counted for the page.
        var tally = new RecordTally();
        await store.WriteAsync(
            keys.Report(ReportFiles.Verdicts),
            (output, token) => VerdictsCsv.WriteAsync(metrics.Models.A.Name, metrics.Models.B.Name, tally.ObserveAsync(records.ReadAsync(token), token), output, token),
            PutCondition.Always, cancellationToken);

        var (earlier, before) = await RunHistory.ReadBeforeAsync(store, metrics.Suite, metrics.CreatedAt, runId, TrendChart.MostRuns - 1, cancellationToken);
        var inputs = new ReportInputs
        {
            Metrics = metrics,
            Figure = figure,
            Tally = tally,
            Request = await store.ReadBytesAsync(keys.Request, cancellationToken) is { } request ? Encoding.UTF8.GetString(request) : null,
            Ledger = await store.FindLedgerAsync(keys, cancellationToken),
            Earlier = earlier,
            EarlierStill = before,
        };
        await store.WriteAsync(
            keys.Report(ReportFiles.Page), (output, token) => ReportPage.WriteAsync(inputs, records.ReadAsync(token), output, token), PutCondition.Always, cancellationToken);
        await store.WriteAsync(
            keys.Report(ReportFiles.JUnit), (output, token) => JUnitReport.WriteAsync(metrics, output, token), PutCondition.Always, cancellationToken);
        await store.WriteTextAsync(keys.Report(ReportFiles.Summary), SummaryMarkdown.Write(metrics), cancellationToken);
        await store.WriteTextAsync(keys.Report(ReportFiles.FigureSvg), figure.ToSvg(FigureTheme.Light), cancellationToken);
        await store.WriteTextAsync(keys.Report(ReportFiles.DarkFigureSvg), figure.ToSvg(FigureTheme.Dark), cancellationToken);
        var (light, dark) = await drawings;
        await store.WriteBytesAsync(keys.Report(ReportFiles.FigurePng), light, PutCondition.Always, cancellationToken);
        await store.WriteBytesAsync(keys.Report(ReportFiles.DarkFigurePng), dark, PutCondition.Always, cancellationToken);
        return
        [
            ReportFiles.Page, ReportFiles.FigurePng, ReportFiles.FigureSvg, ReportFiles.DarkFigurePng, ReportFiles.DarkFigureSvg,
            ReportFiles.Summary, ReportFiles.Verdicts, ReportFiles.JUnit,
        ];
    }

    private static byte[] Png(Figure figure, FigureTheme theme)
    {
        using var png = new MemoryStream();
        figure.WritePng(png, theme);
        return png.ToArray();
    }
}

/// <summary>The names of the files under a run's report prefix.</summary>
public static class ReportFiles
{
    public const string Page = "report.html";

    public const string FigurePng = "figure.png";

    public const string FigureSvg = "figure.svg";

    public const string DarkFigurePng = "figure-dark.png";

    public const string DarkFigureSvg = "figure-dark.svg";

    public const string Summary = "summary.md";

    public const string Verdicts = "verdicts.csv";

    public const string JUnit = "junit.xml";
}
