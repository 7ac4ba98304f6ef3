using System.Diagnostics;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Benchmarks.Reports;

/// <summary>How long the reports of a run take.</summary>
public static class ReportsBenchmark
{
    public static Task RunAsync(string[] args)
    {
        // The first picture of the process comes before anything else: loading Skia and the font is part of it.
        var metrics = SampleRun.Metrics(1000);
        Console.WriteLine($"six-panel PNG, first in the process   {Time(() => Png(metrics)),7:0.0} ms   (bar 150 ms)");
        Console.WriteLine($"six-panel PNG, median of the next 9   {Enumerable.Range(0, 9).Select(_ => Time(() => Png(metrics))).Order().ElementAt(4),7:0.0} ms");
        Console.WriteLine($"six-panel SVG                         {Time(() => Figure.Compose(metrics).ToSvg(FigureTheme.Light)),7:0.0} ms");
        return Task.CompletedTask;
    }

    private static void Png(Pipeline.Metrics.RunMetrics metrics)
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
