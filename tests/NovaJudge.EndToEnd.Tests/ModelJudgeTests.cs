using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

public sealed class ModelJudgeTests : IDisposable
{
    private static readonly string[] Everybody = ["model-a", "model-b", "judge"];
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_model_judges_every_pair_in_both_orders_and_nothing_is_asked_twice()
    {
        await using var server = await MockOpenAiServer.StartAsync();

        var result = await RunAsync(server, 45, "judged");

        result.ExitCode.ShouldBe(0, result.ToString());
        server.Counts["model-a"].ShouldBe(45);
        server.Counts["model-b"].ShouldBe(45);
        server.Counts["judge"].ShouldBe(90);
        var metrics = Metrics("judged");
        var outcomes = metrics.GetProperty("outcomes");
        Number(outcomes, "scored").ShouldBe(45);
        Number(outcomes, "b").ShouldBeGreaterThan(Number(outcomes, "a"));
        Number(outcomes, "a").ShouldBeGreaterThan(0);
        Number(outcomes, "inconsistent").ShouldBe(0);
        metrics.GetProperty("judge").GetProperty("kind").GetString().ShouldBe($"model:{server.Spec("judge")}");
        metrics.GetProperty("analysis").GetProperty("position").GetProperty("consistency").GetDouble().ShouldBe(1);
        File.Exists(_workspace.Run("judged", "judge/output/model-judge/output/output.tar.gz")).ShouldBeTrue();
        _workspace.Json(_workspace.Run("judged", "request.json")).GetProperty("judge").GetProperty("prompt").GetString().ShouldNotBeNull().ShouldContain("[[A>B]]");
    }

    [Fact]
    public async Task A_judge_that_always_prefers_the_first_answer_decides_nothing()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Answer = call => call.Model == "judge" ? "[[A>B]]" : $"This is the answer of {call.Model}.",
        });

        var result = await RunAsync(server, 30, "biased");

        result.ExitCode.ShouldBe(0, result.ToString());
        Number(Metrics("biased").GetProperty("outcomes"), "inconsistent").ShouldBe(30);
        Metrics("biased").GetProperty("analysis").GetProperty("position").GetProperty("consistency").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_panel_decides_by_majority_and_keeps_the_words_of_each()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Models = ["model-a", "model-b", "judge", "second", "third"],
            Answer = call => call.Model switch
            {
                "judge" => "[[A=B]]",
                "second" or "third" => call.Prompt.LastIndexOf("answer of model-a", StringComparison.Ordinal) < call.Prompt.LastIndexOf("answer of model-b", StringComparison.Ordinal) ? "[[B>A]]" : "[[A>B]]",
                _ => $"This is the answer of {call.Model}.",
            },
        });
        var request = _workspace.Write("panel.json", JsonSerializer.Serialize(new
        {
            judge = new { kind = $"model:{server.Spec("judge")}", panel = new[] { new { model = server.Spec("second") }, new { model = server.Spec("third") } } },
        }));

        var result = await RunAsync(server, 10, "panel", "--request", request);

        result.ExitCode.ShouldBe(0, result.ToString());
        Number(Metrics("panel").GetProperty("outcomes"), "b").ShouldBe(10);
        _workspace.Json(_workspace.Run("panel", "judge/panel.json")).GetProperty("observed").GetDouble().ShouldBe(1 / 3.0, 0.001);
    }

    [Fact]
    public async Task An_earlier_run_and_a_file_stand_in_for_models_and_cost_no_call()
    {
        await using var server = await MockOpenAiServer.StartAsync();
        (await RunAsync(server, 20, "first")).ExitCode.ShouldBe(0);
        var answers = _workspace.Write("answers.jsonl", string.Concat(Enumerable.Range(1, 19).Select(i => $"{{\"id\":\"q{i}\",\"text\":\"This is the answer of model-b.\"}}\n")));

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", _workspace.Questions(20), "--sample", "all", "--store", _workspace.Store, "--run-id", "again",
            "--model-a", "run:first/a", "--model-b", "file:answers.jsonl", "--judge", $"model:{server.Spec("judge")}");

        result.ExitCode.ShouldBe(0, result.ToString());
        server.Counts["model-a"].ShouldBe(20);
        server.Counts["model-b"].ShouldBe(20);
        var metrics = Metrics("again");
        metrics.GetProperty("generation").GetProperty("b").GetProperty("failuresByKind").GetProperty("notRecorded").GetInt32().ShouldBe(1);
        Number(metrics.GetProperty("outcomes"), "scored").ShouldBe(19);
    }

    [Fact]
    public async Task What_cannot_work_is_refused_before_anything_is_asked()
    {
        await using var server = await MockOpenAiServer.StartAsync();
        var request = _workspace.Write("bad.json", JsonSerializer.Serialize(new
        {
            modelA = new { model = server.Spec("model-z") },
            modelB = new { model = server.Spec("model-b"), apiKeyVariable = "NOVA_TEST_UNSET_KEY" },
            judge = new { kind = "model:openai:http://127.0.0.1:1/v1#judge" },
        }));

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--request", request, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("has no model \"model-z\"");
        result.Error.ShouldContain("NOVA_TEST_UNSET_KEY is not set");
        result.Error.ShouldContain("Start the server");
        server.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_with_every_kind_of_trouble_changes_counts_and_no_verdict()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            ServerErrors = 0.05,
            Throttled = 0.05,
            Garbage = 0.05,
            Truncated = 0.02,
            Stalls = 0.02,
            Stall = TimeSpan.FromSeconds(30),
            // The clock stands still: a stall is over when the caller has lost its patience, never because a test was slow.
            Time = new FakeTimeProvider(),
            RetryAfterSeconds = 1,
        });

        var result = await RunAsync(server, 200, "troubled", "--request", Patience());

        result.ExitCode.ShouldBe(0, result.ToString());
        foreach (var (trouble, share, callers) in new[]
        {
            ("500", 0.05, Everybody), ("429", 0.05, Everybody), ("truncated", 0.02, Everybody), ("stalled", 0.02, Everybody), ("garbage", 0.05, ["judge"]),
        })
        {
            var calls = callers.Sum(caller => server.Counts[caller]);
            ((double)server.Counts[trouble] / calls).ShouldBeInRange(share / 2, share * 2, trouble);
            foreach (var caller in callers)
            {
                server.Counts[$"{trouble} {caller}"].ShouldBeGreaterThan(0, trouble);
            }
        }

        // Each call that the server saw is an attempt that was written down, and nothing that went wrong decided anything.
        foreach (var (purpose, caller) in new[] { ("a", "model-a"), ("b", "model-b"), ("judge", "judge") })
        {
            File.ReadLines(_workspace.Run("troubled", $"telemetry/calls/{purpose}.jsonl"))
                .Sum(line => JsonDocument.Parse(line).RootElement.GetProperty("attempts").GetInt32()).ShouldBe(server.Counts[caller], purpose);
        }

        ShouldAddUp("troubled", 200);
        Metrics("troubled").GetProperty("analysis").GetProperty("position").GetProperty("consistency").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task What_stays_broken_is_counted_by_its_kind_and_neither_won_nor_lost()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { ServerErrors = 0.55, Garbage = 0.3, RetryAfterSeconds = 0 });

        var result = await RunAsync(server, 40, "broken", "--request", Patience());

        result.ExitCode.ShouldBe(1, result.ToString());
        var (failed, unscored) = ShouldAddUp("broken", 40);
        failed.ShouldBeGreaterThan(0);
        unscored.ShouldBeGreaterThan(0);
        Metrics("broken").GetProperty("gate").GetProperty("status").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task A_judge_that_breaks_or_talks_is_asked_again_then_unreadable_and_fails_the_gate()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Break = call => call.Model == "judge" && call.Prompt.Contains("thing number 5?", StringComparison.Ordinal),
            Answer = call => call.Model != "judge" ? $"This is the answer of {call.Model}."
                : call.Prompt.Contains("thing number 3?", StringComparison.Ordinal) ? "Hard to say." : "[[A=B]]",
        });

        var result = await RunAsync(server, 20, "unreadable", "--request", Patience());

        result.ExitCode.ShouldBe(1, result.ToString());
        server.Counts["500 judge"].ShouldBe(2 * 4);
        server.Counts["answered judge"].ShouldBe((2 * 18) + (2 * 3));
        var (failed, unscored) = ShouldAddUp("unreadable", 20);
        (failed, unscored).ShouldBe((0, 2));
        Number(Metrics("unreadable").GetProperty("outcomes"), "tie").ShouldBe(18);
        Number(Metrics("unreadable").GetProperty("outcomes"), "a").ShouldBe(0);
        Number(Metrics("unreadable").GetProperty("outcomes"), "b").ShouldBe(0);
        Metrics("unreadable").GetProperty("gate").GetProperty("status").GetString().ShouldBe("failed");
        result.Words.ShouldContain("too many errors");
    }

    /// <summary>Every prompt has one outcome, every outcome its reason, and only readable passes decide.</summary>
    private (int Failed, int Unscored) ShouldAddUp(string runId, int prompts)
    {
        var metrics = Metrics(runId);
        var outcomes = metrics.GetProperty("outcomes");
        var failed = Number(outcomes, "generationFailed");
        var unscored = Number(outcomes, "unscored");
        (Number(outcomes, "scored") + failed + unscored).ShouldBe(prompts);
        (Number(outcomes, "a") + Number(outcomes, "b") + Number(outcomes, "tie") + Number(outcomes, "inconsistent")).ShouldBe(Number(outcomes, "scored"));
        var verdicts = File.ReadLines(_workspace.Run(runId, "verdicts.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        verdicts.Length.ShouldBe(prompts);
        foreach (var verdict in verdicts)
        {
            var passes = new[] { "forward", "backward" }.Select(name => verdict.TryGetProperty(name, out var pass) ? pass.GetString() : null).ToArray();
            (verdict.GetProperty("verdict").GetString() is "unscored").ShouldBe(passes.Contains("unreadable"));
            (verdict.GetProperty("verdict").GetString() is "generationFailed").ShouldBe(passes.Contains(null));
        }

        var answers = Directory.EnumerateFiles(_workspace.Run(runId, "responses"), "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines).ToArray();
        answers.Length.ShouldBe(2 * prompts);
        answers.Count(line => line.Contains("\"error\":", StringComparison.Ordinal)).ShouldBe(
            new[] { "a", "b" }.Sum(slot => metrics.GetProperty("generation").GetProperty(slot).GetProperty("failuresByKind").EnumerateObject().Sum(kind => kind.Value.GetInt32())));
        return (failed, unscored);
    }

    private string Patience() => _workspace.Write("patience.json", """
        { "generation": { "timeoutSeconds": 1, "toleratedFailurePercentage": 100, "concurrency": { "a": 32, "b": 32 } }, "judge": { "timeoutSeconds": 1, "concurrency": 32 } }
        """);

    private Task<NovaResult> RunAsync(MockOpenAiServer server, int prompts, string runId, params IEnumerable<string> more) => NovaProcess.RunAsync(_workspace.Folder,
        ["run", "--dataset", _workspace.Questions(prompts), "--sample", "all", "--store", _workspace.Store, "--run-id", runId,
        "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), "--judge", $"model:{server.Spec("judge")}", .. more]);

    private JsonElement Metrics(string runId) => _workspace.Json(_workspace.Run(runId, "metrics.json"));

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
