using System.Collections.Concurrent;
using System.Text.Json;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>When a model is asked again, and when an answer that is there already is used.</summary>
public sealed class AskedAgainTests : IDisposable
{
    private const int Prompts = 12;
    private readonly Workspace _workspace = new();
    private readonly ConcurrentDictionary<string, string> _behind = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_next_scheduled_run_sees_the_model_that_was_put_behind_an_unchanged_name()
    {
        await using var server = await StartAsync();
        var monday = await TriggerAsync(server, "2026-11-23T06:00:00Z");
        (await NovaProcess.RunAsync(_workspace.Folder, "baseline", "set", monday, "--store", _workspace.Store)).ExitCode.ShouldBe(0);
        var asked = server.Counts["model-b"];

        _behind["model-b"] = "I do not know.";
        var tuesday = await TriggerAsync(server, "2026-11-24T06:00:00Z");

        server.Counts["model-b"].ShouldBe(asked + Prompts);
        Score(monday).ShouldBe(1);
        Score(tuesday).ShouldBe(0);
        _workspace.Json(_workspace.Run(tuesday, "metrics.json")).GetProperty("regression").GetProperty("state").GetString().ShouldBe("regression");
        _workspace.Json(_workspace.Run(tuesday, "metrics.json")).GetProperty("gate").GetProperty("status").GetString().ShouldBe("failed");
        Directory.Exists(_workspace.Path_("store", "cache")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_schedule_that_would_take_answers_of_other_runs_is_refused()
    {
        await using var server = await StartAsync();

        var result = await StartTriggerAsync(server, "2026-11-23T06:00:00Z", "shared");

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("$.generation.cache: a run by schedule sees the models as they are now");
        server.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Answers_are_shared_where_asked_for_and_the_result_says_so()
    {
        await using var server = await StartAsync();
        (await RunAsync(server, "first", "--cache", "shared")).ExitCode.ShouldBe(0);
        var asked = server.Calls;

        var second = await RunAsync(server, "second", "--cache", "shared");
        var shared = server.Calls;
        var fresh = await RunAsync(server, "fresh");

        shared.ShouldBe(asked);
        second.Words.ShouldContain("12 of 12 answers of openai:");
        second.Words.ShouldContain("come from earlier runs (generation.cache: shared)");
        File.ReadLines(_workspace.Run("second", "responses/a/00000.jsonl")).ShouldAllBe(line => line.Contains("\"cachedFrom\":\"first\"", StringComparison.Ordinal));
        server.Calls.ShouldBe(asked + (2 * Prompts));
        fresh.Words.ShouldNotContain("earlier runs");
        Score("second").ShouldBe(Score("fresh"));
    }

    [Fact]
    public async Task A_run_that_failed_goes_on_with_what_was_answered_once_the_model_is_mended()
    {
        var broken = new ConcurrentDictionary<string, bool> { ["yes"] = true };
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Refuse = call => broken.ContainsKey("yes") && call.Model == "model-b" && (call.Prompt.Contains("number 3?", StringComparison.Ordinal) || call.Prompt.Contains("number 7?", StringComparison.Ordinal)),
        });

        var failed = await RunAsync(server, "mended");
        broken.Clear();
        server.Record = new ConcurrentQueue<MockCall>();
        var mended = await RunAsync(server, "mended");
        (await RunAsync(server, "undisturbed")).ExitCode.ShouldBe(0);

        failed.ExitCode.ShouldBe(3, failed.ToString());
        failed.Error.ShouldContain("the same command goes on from here");
        mended.ExitCode.ShouldBe(0, mended.ToString());
        server.Record.Take(2).Select(call => call.Prompt[..call.Prompt.IndexOf('.', StringComparison.Ordinal)]).Order().ShouldBe(["Thing number 3 stands on shelf 3", "Thing number 7 stands on shelf 0"]);
        server.Record.Count.ShouldBe(2 + (2 * Prompts));
        File.Exists(_workspace.Run("mended", "failure.json")).ShouldBeFalse();
        foreach (var file in new[] { "responses/a/00000.jsonl", "responses/b/00000.jsonl", "verdicts.jsonl", "judge/input/llm_judge.jsonl" })
        {
            File.ReadAllText(_workspace.Run("mended", file)).ShouldBe(File.ReadAllText(_workspace.Run("undisturbed", file)));
        }

        Directory.Exists(_workspace.Run("mended", "journal")).ShouldBeFalse();
    }

    [Fact]
    public async Task Repeats_ask_each_model_anew_and_count_as_one_cluster_for_each_prompt()
    {
        var number = 0;
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Answer = call => call.Model == "judge" ? "[[A=B]]" : $"Answer {Interlocked.Increment(ref number)} of {call.Model}.",
        });
        var data = _workspace.Write("bare.jsonl", string.Concat(Enumerable.Range(1, Prompts).Select(i => $"{{\"id\":\"q{i}\",\"prompt\":\"Question {i}?\"}}\n")));

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", data, "--sample", "all", "--store", _workspace.Store, "--run-id", "again",
            "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), "--judge", $"model:{server.Spec("judge")}", "--repeats", "3");

        result.ExitCode.ShouldBe(0, result.ToString());
        number.ShouldBe(2 * 3 * Prompts);
        server.Counts["judge"].ShouldBe(2 * 3 * Prompts);
        var metrics = _workspace.Json(_workspace.Run("again", "metrics.json"));
        metrics.GetProperty("outcomes").GetProperty("tie").GetInt32().ShouldBe(3 * Prompts);
        metrics.GetProperty("analysis").GetProperty("clusters").GetProperty("count").GetInt32().ShouldBe(Prompts);
        result.Words.ShouldContain("Each prompt was answered 3 times by each model");
    }

    private Task<MockOpenAiServer> StartAsync()
    {
        _behind["model-a"] = "It is green, or perhaps it is blue.";
        _behind["model-b"] = "green blue";
        return MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = call => _behind[call.Model] });
    }

    private Task<NovaResult> RunAsync(MockOpenAiServer server, string runId, params IEnumerable<string> more) => NovaProcess.RunAsync(_workspace.Folder,
        ["run", "--dataset", _workspace.Questions(Prompts), "--sample", "all", "--store", _workspace.Store, "--run-id", runId,
        "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), .. more]);

    private async Task<string> TriggerAsync(MockOpenAiServer server, string time)
    {
        var result = await StartTriggerAsync(server, time, null);
        result.ExitCode.ShouldBe(0, result.ToString());
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("runId").GetString()!;
    }

    private Task<NovaResult> StartTriggerAsync(MockOpenAiServer server, string time, string? cache) => NovaProcess.RunAsync(
        _workspace.Folder, "trigger", _workspace.Write("event.json", JsonSerializer.Serialize(new
        {
            scheduledTime = time,
            request = new
            {
                suite = "nightly",
                dataset = new { source = _workspace.Questions(Prompts), sample = new { method = "all" } },
                modelA = new { model = server.Spec("model-a") },
                modelB = new { model = server.Spec("model-b") },
                generation = new { cache = cache ?? "run" },
            },
        })), "--store", _workspace.Store);

    private double Score(string runId) => _workspace.Json(_workspace.Run(runId, "metrics.json")).GetProperty("analysis").GetProperty("score").GetProperty("value").GetDouble();
}
