using System.Diagnostics;

namespace NovaJudge.Benchmarks.Models;

/// <summary>One run of a program in a process of its own, with what it took.</summary>
/// <param name="Wall">From start to end.</param>
/// <param name="Processor">Time of all its threads on all cores.</param>
/// <param name="PeakBytes">Largest resident set.</param>
internal sealed record ProgramRun(TimeSpan Wall, TimeSpan Processor, long PeakBytes)
{
    /// <summary>The command line program that is measured.</summary>
    public static string Nova { get; } = FindNova();

    /// <summary>A run of the command line program.</summary>
    public static Task<ProgramRun> OfNovaAsync(string folder, params IEnumerable<string> arguments) => MeasureAsync(Nova, folder, ["run", .. arguments]);

    /// <summary>A run of a program that only makes the calls.</summary>
    public static Task<ProgramRun> OfBareAsync(string program, params IEnumerable<string> arguments) => MeasureAsync(program, Environment.CurrentDirectory, arguments);

    private static async Task<ProgramRun> MeasureAsync(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var exit = process.WaitForExitAsync();
        var (peak, processor) = await WatchAsync(process, exit);
        await exit;
        watch.Stop();
        return process.ExitCode is 0 or 1
            ? new ProgramRun(watch.Elapsed, processor, peak)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}\n{await error}");
    }

    /// <summary>The last accounts that the system gives of a process while it lives: both only grow, and are gone with it.</summary>
    private static async Task<(long Peak, TimeSpan Processor)> WatchAsync(Process process, Task exit)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var last = (Peak: 0L, Processor: TimeSpan.Zero);
        do
        {
            try
            {
                process.Refresh();
                last = (Math.Max(last.Peak, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }
        while (await Task.WhenAny(exit, looks.WaitForNextTickAsync().AsTask()) != exit);

        return last;
    }

    /// <summary>The natively compiled program where there is one, else what the script nova starts, where it has been built; otherwise this build's own.</summary>
    private static string FindNova()
    {
        var name = OperatingSystem.IsWindows() ? "nova.exe" : "nova";
        return new[] { "native", "release" }.Select(kind => Path.Combine(BareProgram.Repository(), "artifacts", "publish", "NovaJudge.Local", kind, name)).FirstOrDefault(File.Exists)
            ?? Path.Combine(AppContext.BaseDirectory, name);
    }
}
