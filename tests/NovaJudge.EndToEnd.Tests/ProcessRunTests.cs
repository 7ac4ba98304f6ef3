using System.Text.Json;
using NovaJudge.Local;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Drills;
using NovaJudge.Local.Processes;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.StatesLanguage;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>The functions' own executable against stand-ins for AWS: the same machine, the same files.</summary>
public sealed class ProcessRunTests : IDisposable
{
    private const string Clock = "2026-01-02T03:04:05Z";
    private readonly Workspace _workspace = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The executable as every build makes it.</summary>
    internal static string Built => Path.Combine(AppContext.BaseDirectory.Replace("NovaJudge.EndToEnd.Tests", "NovaJudge.Functions", StringComparison.Ordinal), "bootstrap.dll");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Steps_in_processes_call_aws_with_right_signatures_and_leave_the_very_files_of_steps_in_one_process()
    {
        var plain = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Path_("plain"), "--run-id", "same", "--clock", Clock);
        plain.ExitCode.ShouldBe(0, plain.ToString());
        var signatures = new SignatureCheck(ProcessedRun.Credential, ProcessedRun.Credential, ProcessedRun.Credential, "us-east-1");
        await using var cloud = new LocalCloud(new FileObjectStore(_workspace.Path_("processes")), PipelineTemplate.Embedded(), new FixedClock(DateTimeOffset.Parse(Clock)), new RunProgress());
        var input = JsonSerializer.SerializeToElement(new { trigger = "local", runId = "same" });
        var request = await new PlanRunStep(cloud.Store, cloud.Datasets, cloud.Models, cloud.Judges, cloud.Defaults)
            .PreviewAsync(new PlanRunInput(new ExecutionInfo("arn", "same", DateTimeOffset.Parse(Clock)), input), Token);
        await using (await ProcessedRun.StartAsync(cloud, request, new FunctionProgram(Built), signatures.Problem, Token))
        {
            var result = await cloud.RunAsync("same", input, Token);

            result.Status.ShouldBe(ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
        }

        signatures.Problems.ShouldBeEmpty();
        signatures.Calls.Keys.Order().ShouldBe(["bedrock", "events", "s3", "sagemaker", "sns", "states"]);
        StoreComparison.Differences(_workspace.Path_("plain"), _workspace.Path_("processes")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_published_executable_leaves_the_very_files_too()
    {
        // The archive of the judge is Parquet and the figure is drawn by native code: both have to work in what is deployed.
        Published.PathOrSkip();
        var plain = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Path_("plain"), "--run-id", "same", "--clock", Clock);
        var processes = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Path_("processes"), "--run-id", "same", "--clock", Clock, "--process");

        plain.ExitCode.ShouldBe(0, plain.ToString());
        processes.ExitCode.ShouldBe(0, processes.ToString());
        StoreComparison.Differences(_workspace.Path_("plain"), _workspace.Path_("processes")).ShouldBeEmpty();
        File.ReadAllBytes(Path.Combine(_workspace.Path_("processes"), "runs", "same", "summary.json"))
            .ShouldBe(File.ReadAllBytes(Path.Combine(_workspace.Path_("plain"), "runs", "same", "summary.json")));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_refused_before_anything_is_written()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--process", "nowhere/bootstrap");

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("nowhere/bootstrap");
        Directory.Exists(_workspace.Store).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_dies_at_once_ends_the_run_instead_of_letting_it_wait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script stands for the broken program.");
        var broken = _workspace.Write("broken", "#!/bin/sh\nexit 3\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(broken, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--process", broken);

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Error.ShouldContain("exited with code 3");
    }
}
