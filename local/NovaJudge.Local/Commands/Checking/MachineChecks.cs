using System.ComponentModel;
using System.Diagnostics;
using NovaJudge.Local.Processes;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>The programs that commands need beside this one.</summary>
internal static class MachineChecks
{
    private const int NeededSdk = 10;
    private const int NeededNode = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Diagnosis>> RunAsync(CancellationToken cancellationToken) =>
    [
        await VersionAsync(".NET SDK", "dotnet", NeededSdk, "building and ./nova test", "https://dot.net", cancellationToken),
        await VersionAsync("Node.js", "node", NeededNode, "./nova synth and ./nova deploy", "https://nodejs.org", cancellationToken),
        Functions(),
    ];

    private static async Task<Diagnosis> VersionAsync(string check, string program, int needed, string purpose, string address, CancellationToken cancellationToken)
    {
        if (await AskAsync(program, cancellationToken) is not { } version)
        {
            return Diagnosis.Warning(check, $"\"{program}\" is not on the PATH; runs work, {purpose} need it", $"Install version {needed} or later: {address}");
        }

        var major = new string([.. version.TrimStart('v').TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(major, out var number) && number >= needed
            ? Diagnosis.Ok(check, version)
            : Diagnosis.Warning(check, $"{version}; {purpose} need {needed} or later", $"Install it: {address}");
    }

    private static async Task<string?> AskAsync(string program, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            var version = (await process!.StandardOutput.ReadToEndAsync(limit.Token)).Trim();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 && version.Length > 0 ? version.Split('\n')[0].Trim() : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Diagnosis Functions()
    {
        try
        {
            return Diagnosis.Ok("Functions", $"published, {new FileInfo(FunctionProgram.Find("").Path).Length / 1_000_000} MB");
        }
        catch (PipelineException)
        {
            return Diagnosis.Warning("Functions", "not published; runs work, --process and ./nova deploy need it", "./nova publish");
        }
    }
}
