using System.Text.Json;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_healthy_machine_is_told_so_and_nothing_is_left_behind()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "doctor", "--store", _workspace.Store);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Words.ShouldContain("Nothing stands in the way of a run.");
        result.Words.ShouldContain("will be made on the first run");
        result.Words.ShouldContain("this judge was never examined -> ./nova exam --judge embedded:token-f1");
        Directory.EnumerateFileSystemEntries(_workspace.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_request_needs_is_looked_up_without_a_call()
    {
        await using var server = await MockOpenAiServer.StartAsync();
        var request = _workspace.Write("request.json", JsonSerializer.Serialize(new
        {
            dataset = new { source = "missing.jsonl" },
            modelA = new { model = server.Spec("model-z") },
            modelB = new { model = server.Spec("model-b"), apiKeyVariable = "NOVA_TEST_UNSET_KEY" },
            judge = new { kind = "model:openai:http://127.0.0.1:1/v1#judge" },
        }));

        var checks = await CheckAsync(1, "--request", request);

        checks["Data set"].ShouldStartWith("problem: ");
        checks["Model A"].ShouldContain("has no model \"model-z\"; it has judge, model-a, model-b");
        checks["Model B"].ShouldContain("NOVA_TEST_UNSET_KEY is not set");
        checks["Judge"].ShouldContain("Start the server");
        server.Calls.ShouldBe(0);
        (await CheckAsync(0, "--model-a", server.Spec("model-a")))["Model A"].ShouldBe($"ok: {server.Spec("model-a")} answers");
    }

    [Fact]
    public async Task A_retired_model_and_a_region_without_a_judge_are_known_without_an_account()
    {
        string[] request = ["--model-a", "bedrock:us.anthropic.claude-3-7-sonnet-20250219-v1:0", "--model-b", "bedrock:global.anthropic.claude-sonnet-4-6", "--judge", "nova"];
        (string, string)[] account = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "not-a-secret")];

        var wrong = await CheckAsync(1, [.. account, ("AWS_REGION", "eu-central-1")], request);
        var right = await CheckAsync(1, [.. account, ("AWS_REGION", "us-east-1")], request);

        wrong["Model A"].ShouldContain("reached the end of its life on 2026-04-28");
        wrong["Model B"].ShouldStartWith("notChecked: ");
        wrong["Nova judge"].ShouldContain("There is no image of the Nova evaluation container for eu-central-1");
        right["Nova judge"].ShouldStartWith("ok: us-east-1 has an image");
        right["Quota"].ShouldContain("ml.g5.12xlarge for training jobs");
        string.Join(' ', right.Values).ShouldNotContain("not-a-secret");
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_looked_up_is_a_problem_and_never_an_exception()
    {
        var checks = await CheckAsync(1,
            [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "not-a-secret"), ("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL_SAGEMAKER", "http://127.0.0.1:1")],
            ["--model-a", "sagemaker:qwen"]);

        checks["Model A"].ShouldContain("cannot be looked up");
    }

    [Fact]
    public async Task A_store_that_cannot_be_one_and_a_run_in_progress_are_told()
    {
        var file = _workspace.Write("taken", "a file");
        Directory.CreateDirectory(Path.Combine(_workspace.Store, ".locks"));
        await using var held = new FileStream(Path.Combine(_workspace.Store, ".locks", "busy.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        (await CheckAsync(1, "--store", Path.Combine(file, "store")))["Store"].ShouldContain("is a file");
        (await CheckAsync(0))["Lock"].ShouldBe("warning: run busy is being worked on by another process");
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_a_problem_of_the_request()
    {
        var request = _workspace.Write("request.json", """{"sutie":"x","modelA":{"temperature":9}}""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "doctor", "--request", request, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(1, result.ToString());
        result.Words.ShouldContain("Did you mean \"suite\"?");
        result.Words.ShouldContain("2 problems stand in the way of a run.");
    }

    private Task<Dictionary<string, string>> CheckAsync(int exitCode, params string[] arguments) => CheckAsync(exitCode, [], arguments);

    /// <summary>The findings by check; of several of one name the last.</summary>
    private async Task<Dictionary<string, string>> CheckAsync(int exitCode, IEnumerable<(string Name, string Value)> environment, string[] arguments)
    {
        string[] store = arguments.Contains("--store") ? [] : ["--store", _workspace.Store];
        var result = await NovaProcess.RunAsync(_workspace.Folder, environment, ["doctor", "--json", .. arguments, .. store]);
        result.ExitCode.ShouldBe(exitCode, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.GetProperty("healthy").GetBoolean().ShouldBe(exitCode == 0);
        var found = new Dictionary<string, string>();
        foreach (var check in document.RootElement.GetProperty("checks").EnumerateArray())
        {
            found[check.GetProperty("check").GetString()!] = $"{check.GetProperty("state").GetString()}: {check.GetProperty("finding").GetString()}";
        }

        return found;
    }
}
