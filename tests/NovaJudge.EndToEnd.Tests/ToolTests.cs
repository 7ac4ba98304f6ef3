using System.Diagnostics;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>The program as a .NET tool: packed, installed from a folder that is the only source, and run.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_packed_tool_installs_from_a_folder_and_draws_a_report()
    {
        var packages = Directory.CreateDirectory(_workspace.Path_("packages")).FullName;
        var tools = _workspace.Path_("tools");
        await DotnetAsync("pack", Path.Combine(Repository.Root, "local", "NovaJudge.Local"), "-c", "Release", "-o", packages, "--nologo", "-v", "q", "-nodeReuse:false");
        await DotnetAsync("tool", "install", "nova-judge", "--tool-path", tools, "--source", packages);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "nova-judge.exe" : "nova-judge");

        var run = await RunAsync(tool, "run", "--store", _workspace.Store, "--run-id", "r");
        var synth = await RunAsync(tool, "synth", "--approve");
        var mistyped = await RunAsync(tool, "run", "--no-such-option");
        var finished = await RunAsync(tool, "run", "--store", _workspace.Store, "--run-id", "r");

        run.ExitCode.ShouldBe(0, run.ToString());
        File.ReadAllBytes(_workspace.Run("r", "report", "figure.png")).Take(4).ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        run.Output.ShouldContain("Yours: nova-judge run --dataset FILE");
        mistyped.Error.ShouldContain("Try: nova-judge run --help");
        finished.Error.ShouldContain("nova-judge show r");
        synth.ExitCode.ShouldBe(2, synth.ToString());
        synth.Error.ShouldContain("\"synth\" needs a checkout of the repository");
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var result = await RunAsync("dotnet", arguments);
        result.ExitCode.ShouldBe(0, result.ToString());
    }

    private async Task<NovaResult> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _workspace.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        return await NovaProcess.EndAsync(process);
    }
}
