using System.Diagnostics;
using System.Runtime.InteropServices;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Processes;

/// <summary>The functions' executable, as it was published or as it was built.</summary>
/// <param name="Path">The file.</param>
internal sealed record FunctionProgram(string Path)
{
    /// <summary>Finds the program.</summary>
    /// <param name="given">Where somebody says it is; empty means what <c>./nova publish</c> leaves.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: there is none.</exception>
    public static FunctionProgram Find(string given)
    {
        if (given.Length > 0)
        {
            return File.Exists(given)
                ? new FunctionProgram(System.IO.Path.GetFullPath(given))
                : throw PipelineException.BadInput($"--process {given}: there is no such file; the functions' executable is expected, bootstrap or bootstrap.dll.");
        }

        return Published() is { } path
            ? new FunctionProgram(path)
            : throw PipelineException.BadInput("The functions are not published: run ./nova publish first, or name their executable: --process FILE.");
    }

    /// <summary>How to start it; the caller adds the environment, of which nothing is inherited but what programs need to start.</summary>
    public ProcessStartInfo Start()
    {
        var managed = Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(managed ? "dotnet" : Path)
        {
            WorkingDirectory = System.IO.Path.GetDirectoryName(Path),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (managed)
        {
            start.ArgumentList.Add(Path);
        }

        // The caller's own AWS account must not show through.
        var kept = start.Environment.Where(variable => variable.Key is "PATH" or "TMPDIR" or "TEMP" or "TMP" or "SystemRoot" or "DOTNET_ROOT").ToArray();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // The program runs from a checkout's artifacts, where the publication lies as well.
    private static string? Published()
    {
        var platform = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "artifacts", "publish", "NovaJudge.Functions", $"release_{platform}", "bootstrap");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
