using System.Diagnostics;

namespace NovaJudge.Benchmarks.Functions;

/// <summary>The least that a function of .NET can do, to be measured beside ours: how fast a machine starts any such program at all.</summary>
internal static class BareFunction
{
    /// <summary>Compiles <c>Bare/bare-function.cs</c> to native code.</summary>
    /// <param name="root">Folder of the solution.</param>
    /// <returns>The executable; <c>null</c> where it cannot be compiled, which is said.</returns>
    public static async Task<string?> PublishAsync(string root)
    {
        var source = Path.Combine(root, "tests", "NovaJudge.Benchmarks", "Functions", "Bare", "bare-function.cs");
        var output = Path.Combine(root, "artifacts", "publish", "bare-function");
        var start = new ProcessStartInfo("dotnet", ["publish", source, "--configuration", "Release", "--output", output, "--verbosity", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
        {
            return Path.Combine(output, "bootstrap");
        }

        Console.Error.WriteLine($"Without the bare client, which could not be compiled: {(await printed).Trim()} {(await errors).Trim()}");
        return null;
    }
}
