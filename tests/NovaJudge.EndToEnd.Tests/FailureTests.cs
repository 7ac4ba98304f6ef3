using System.Text.Json;

namespace NovaJudge.EndToEnd.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Failures_of_a_model_are_counted_by_kind_and_enter_no_score()
    {
        var request = _workspace.Write("request.json", $$"""
            {
              "dataset": { "source": "{{_workspace.Questions(120)}}", "sample": { "method": "all" } },
              "modelB": { "model": "embedded:faulty?fail=3&hang=10&empty=7" },
              "generation": { "timeoutSeconds": 1, "toleratedFailurePercentage": 60, "concurrency": { "b": 400 }, "batchSize": 4 },
              "gate": { "maxErrorRate": 1 }
            }
            """);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--request", request, "--store", _workspace.Store, "--run-id", "faulty");

        result.ExitCode.ShouldBe(0, result.ToString());
        var metrics = _workspace.Json(_workspace.Run("faulty", "metrics.json"));
        var failures = metrics.GetProperty("generation").GetProperty("b").GetProperty("failuresByKind");
        failures.GetProperty("refused").GetInt32().ShouldBeGreaterThan(20);
        failures.GetProperty("timeout").GetInt32().ShouldBeGreaterThan(2);
        metrics.GetProperty("generation").GetProperty("b").GetProperty("empty").GetInt32().ShouldBeGreaterThan(2);
        var outcomes = metrics.GetProperty("outcomes");
        var failed = outcomes.GetProperty("generationFailed").GetInt32();
        failed.ShouldBe(failures.EnumerateObject().Sum(kind => kind.Value.GetInt32()));
        outcomes.GetProperty("scored").GetInt32().ShouldBe(120 - failed);
        metrics.GetProperty("analysis").GetProperty("score").GetProperty("n").GetInt32().ShouldBe(120 - failed);
        File.ReadLines(_workspace.Run("faulty", "verdicts.jsonl")).Count(line => line.Contains("generationFailed", StringComparison.Ordinal)).ShouldBe(failed);
    }

    [Fact]
    public async Task A_model_that_fails_everything_ends_the_run_before_a_judge_is_started()
    {
        var result = await NovaProcess.RunAsync(
            _workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "dead", "--model-b", "embedded:faulty?fail=1", "--dataset", _workspace.Questions(30), "--sample", "all");

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Error.ShouldContain("GenerationFailed");
        result.Error.ShouldContain("No judge was started");
        _workspace.Json(_workspace.Run("dead", "failure.json")).GetProperty("error").GetString().ShouldBe("GenerationFailed");
        Directory.Exists(_workspace.Run("dead", "judge")).ShouldBeFalse();
        File.Exists(_workspace.Run("dead", "summary.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_failed_too_often_goes_on_as_itself_when_more_failures_are_tolerated()
    {
        string[] command = ["run", "--store", _workspace.Store, "--model-b", "embedded:faulty?fail=3", "--dataset", _workspace.Questions(60), "--sample", "all"];
        var failed = await NovaProcess.RunAsync(_workspace.Folder, command);

        var finished = await NovaProcess.RunAsync(_workspace.Folder, [.. command, "--set", "generation.toleratedFailurePercentage=60", "--set", "gate.maxErrorRate=1"]);

        failed.ExitCode.ShouldBe(3, failed.ToString());
        failed.Error.ShouldContain("GenerationFailed");
        finished.ExitCode.ShouldBe(0, finished.ToString());
        finished.Output.ShouldNotContain("Yours:");
        var run = Directory.GetDirectories(Path.Combine(_workspace.Store, "runs")).ShouldHaveSingleItem();
        _workspace.Json(Path.Combine(run, "request.json")).GetProperty("generation").GetProperty("toleratedFailurePercentage").GetDouble().ShouldBe(60);
    }

    [Fact]
    public async Task What_fails_while_cleaning_up_is_told_after_why_the_run_failed_not_instead_of_it()
    {
        var callbacks = Directory.CreateDirectory(Path.Combine(_workspace.Store, "callbacks", "nova-other-1")).FullName;
        await File.WriteAllTextAsync(Path.Combine(callbacks, "0123.json"), "{", TestContext.Current.CancellationToken);

        var result = await NovaProcess.RunAsync(
            _workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "dead", "--model-b", "embedded:faulty?fail=1", "--dataset", _workspace.Questions(30), "--sample", "all");

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Error.ShouldStartWith("Run dead failed: GenerationFailed");
        result.Error.ShouldContain("Cleaning up after it failed as well: ");
    }

    [Fact]
    public async Task A_run_that_fails_its_gate_says_so_by_its_exit_code()
    {
        var request = _workspace.Write("request.json", """{ "gate": { "failOn": ["score"], "minScore": 0.99 } }""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--request", request, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(1, result.ToString());
    }

    [Fact]
    public async Task Data_without_references_is_refused_by_the_embedded_judge_with_the_judges_that_would_work()
    {
        var data = _workspace.Write("bare.jsonl", "{\"prompt\":\"Why?\"}\n");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", data, "--sample", "all", "--store", _workspace.Store, "--run-id", "bare");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("nova or model:<spec>");
        Directory.Exists(_workspace.Run("bare", "responses")).ShouldBeFalse();
    }

    [Fact]
    public async Task Unanswerable_questions_are_left_out_and_counted_unless_asked_for()
    {
        var data = _workspace.Write("squad2.json", JsonSerializer.Serialize(new
        {
            version = "v2.0",
            data = new[]
            {
                new
                {
                    title = "Tea",
                    paragraphs = new[]
                    {
                        new
                        {
                            context = "Tea is made from leaves. It is drunk hot.",
                            qas = Enumerable.Range(0, 40).Select(i => new
                            {
                                id = $"t{i}", question = $"Question {i}?", is_impossible = i % 2 == 1,
                                answers = i % 2 == 1 ? Array.Empty<object>() : [new { text = "leaves", answer_start = 17 }],
                            }),
                        },
                    },
                },
            },
        }));

        (await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", data, "--sample", "all", "--store", _workspace.Store, "--run-id", "half")).ExitCode.ShouldBe(0);

        var dataset = _workspace.Json(_workspace.Run("half", "metrics.json")).GetProperty("dataset");
        dataset.GetProperty("sampled").GetInt32().ShouldBe(20);
        dataset.GetProperty("unanswerableLeftOut").GetInt32().ShouldBe(20);
    }
}
