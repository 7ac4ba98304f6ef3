using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports;

/// <summary>Writes a run's report files into the store.</summary>
public sealed class ReportRenderer : IReportRenderer
{
    public async Task<IReadOnlyList<string>> RenderAsync(RunId runId, RunMetrics metrics, IObjectStore store, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        var figure = Figure.Compose(metrics);
        using var png = new MemoryStream();
        figure.WritePng(png, FigureTheme.Light);
        await store.WriteBytesAsync(keys.Report(ReportFiles.FigurePng), png.ToArray(), PutCondition.Always, cancellationToken);
        await store.WriteBytesAsync(keys.Report(ReportFiles.FigureSvg), Encoding.UTF8.GetBytes(figure.ToSvg(FigureTheme.Light)), PutCondition.Always, cancellationToken);
        return [ReportFiles.FigurePng, ReportFiles.FigureSvg];
    }
}

/// <summary>The names of the files under a run's report prefix.</summary>
public static class ReportFiles
{
    public const string FigurePng = "figure.png";

    public const string FigureSvg = "figure.svg";
}
