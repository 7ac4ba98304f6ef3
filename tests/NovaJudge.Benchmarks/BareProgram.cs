using System.Diagnostics;

namespace NovaJudge.Benchmarks;

/// <summary>
/// Programs of one file that do the least that a program of .NET can do of some work, measured beside ours: what this machine
/// and the framework take at any rate.
/// </summary>
internal static class BareProgram
{
    /// <summary>Compiles a program.</summary>
    /// <param name="source">Its source, below this project's folder.</param>
    /// <param name="native">To native code, otherwise to what is compiled just in time.</param>
    /// <returns>The executable; <c>null</c> where it cannot be compiled, which is said.</returns>
    public static async Task<string?> PublishAsync(string source, bool native)
    {
        var root = Repository();
        var name = Path.GetFileNameWithoutExtension(source);
        var output = Path.Combine(root, "artifacts", "publish", native ? name : $"{name}-just-in-time");
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(root, "tests", "NovaJudge.Benchmarks", source), "--configuration", "Release", "--output", output, "--verbosity", "quiet", "--nologo", $"-p:PublishAot={(native ? "true" : "false")}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
        {
            return Path.Combine(output, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        }

        Console.Error.WriteLine($"Without {name}, which could not be compiled{(native ? " to native code" : "")}: {(await printed).Trim()} {(await errors).Trim()}");
        return null;
    }

    /// <summary>The checkout that this program was built in.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NovaJudgePipeline.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks run in a checkout of the repository.");
        }

        return folder.FullName;
    }
}
