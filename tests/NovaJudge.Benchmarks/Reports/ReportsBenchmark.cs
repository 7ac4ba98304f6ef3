using System.Diagnostics;
using System.Globalization;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Benchmarks.Reports;

/// <summary>How long the reports of a run take, from metrics to all files, with a store in memory.</summary>
public static class ReportsBenchmark
{
    private const string FirstPng = "--first-png";
    private const int Processes = 9;

    /// <param name="args">None; <c>--first-png</c> draws one figure and prints its milliseconds by the clock and of the processor.</param>
    public static async Task RunAsync(string[] args)
    {
        // The first picture of a process comes before anything else in it: loading Skia, the font and the code is part of it.
        var metrics = SampleRun.Metrics(1000);
        if (args is [FirstPng])
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var wall = Time(() => Png(metrics));
            process.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall:0.0} {(process.TotalProcessorTime - before).TotalMilliseconds:0.0}"));
            return;
        }

        var firsts = Enumerable.Range(0, Processes).Select(_ => InItsOwnProcess()).ToArray();
        Line($"six-panel PNG, first in a process, median of {Processes}", firsts.Select(first => first.Wall).Order().ElementAt(Processes / 2), 150);
        Line("  the quickest of them", firsts.Min(first => first.Wall), 150);
        Line("  processor time, median", firsts.Select(first => first.Processor).Order().ElementAt(Processes / 2), null);
        Png(metrics);
        Line("six-panel PNG, median of the next 9", Median(9, () => Time(() => Png(metrics))), null);
        Line("six-panel SVG, median of 9", Median(9, () => Time(() => Figure.Compose(metrics).ToSvg(FigureTheme.Light))), null);
        await AllFilesAsync(1_000, 300);
        await AllFilesAsync(20_000, 2_000);
    }

    private static (double Wall, double Processor) InItsOwnProcess()
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["reports", FirstPng]) { RedirectStandardOutput = true })!;
        var numbers = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        return (numbers[0], numbers[1]);
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
        Console.WriteLine($"{what,-48} {milliseconds,8:0.0} ms{(bar is { } limit ? $"   (bar {limit:0} ms)" : "")}");

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
