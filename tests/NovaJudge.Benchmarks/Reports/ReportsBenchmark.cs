using System.Diagnostics;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Benchmarks.Reports;

/// <summary>How long the reports of a run take, from metrics to all files, with a store in memory.</summary>
public static class ReportsBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        // The first picture of the process comes before anything else: loading Skia and the font is part of it.
        var metrics = SampleRun.Metrics(1000);
        Line("six-panel PNG, first in the process", Time(() => Png(metrics)), 150);
        Line("six-panel PNG, median of the next 9", Median(9, () => Time(() => Png(metrics))), null);
        Line("six-panel SVG, median of 9", Median(9, () => Time(() => Figure.Compose(metrics).ToSvg(FigureTheme.Light))), null);
        await AllFilesAsync(1_000, 300);
        await AllFilesAsync(20_000, 2_000);
    }

    private static async Task AllFilesAsync(int prompts, double bar)
    {
        var metrics = SampleRun.Metrics(prompts);
        var store = SampleRun.Store(metrics);
        var renderer = new ReportRenderer();
        var times = new List<double>();
        var before = GC.GetTotalAllocatedBytes();
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            await renderer.RenderAsync(metrics.RunId, metrics, store, CancellationToken.None);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Line($"all files, {prompts:N0} prompts, first", times[0], bar);
        Line($"all files, {prompts:N0} prompts, median", times.Order().ElementAt(2), bar);
        var page = store.Size(new RunKeys(metrics.RunId).Report(ReportFiles.Page));
        Console.WriteLine($"  report.html {page / 1e6:0.00} MB; allocated {(GC.GetTotalAllocatedBytes() - before) / 5e6:0} MB a round");
    }

    private static void Line(string what, double milliseconds, double? bar) =>
        Console.WriteLine($"{what,-40} {milliseconds,8:0.0} ms{(bar is { } limit ? $"   (bar {limit:0} ms)" : "")}");

    private static double Median(int rounds, Func<double> time) => Enumerable.Range(0, rounds).Select(_ => time()).Order().ElementAt(rounds / 2);

    private static void Png(RunMetrics metrics)
    {
        using var file = new MemoryStream();
        Figure.Compose(metrics).WritePng(file, FigureTheme.Light);
    }

    private static double Time(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }
}
