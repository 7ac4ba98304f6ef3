using System.Diagnostics;
using System.Text;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>The command line program as a process of its own, as a user starts it.</summary>
internal static class NovaProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "nova.exe" : "nova");

    /// <summary>Runs a command to its end.</summary>
    public static async Task<NovaResult> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs a command to its end, with further environment variables.</summary>
    public static async Task<NovaResult> RunAsync(string folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts a command and leaves it running.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments) => Start(folder, [], arguments);

    /// <summary>Runs a command of another build of the program to its end.</summary>
    public static async Task<NovaResult> RunOtherAsync(string program, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(program, folder, [], arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts a command with more in its environment.</summary>
    public static Process Start(string folder, IEnumerable<(string Name, string Value)> environment, IEnumerable<string> arguments) =>
        Start(Program, folder, environment, arguments);

    private static Process Start(string program, string folder, IEnumerable<(string Name, string Value)> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["NOVA_COMMAND"] = "./nova";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end and collects what was printed.</summary>
    public static async Task<NovaResult> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new NovaResult(process.ExitCode, await output, await error);
    }
}

/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record NovaResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output without lines, boxes and the reports of a slow machine: what is said, however wide the terminal.</summary>
    public string Words { get; } = string.Join(' ', Output.Split('\n').Where(line => !line.StartsWith("  …", StringComparison.Ordinal))
        .SelectMany(line => line.Split([' ', '\r', '│'], StringSplitOptions.RemoveEmptyEntries)));

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}
