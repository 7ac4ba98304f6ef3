using System.Text.Json;
using NovaJudge.Local.Drills;

namespace NovaJudge.EndToEnd.Tests;

public sealed class RunTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Without_any_option_a_run_ends_with_a_verdict_and_leaves_every_file()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "first");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Words.ShouldContain("keyword-match (demo model) answers better than first-sentence (demo model)");
        result.Words.ShouldContain("scored by token-F1 against gold answers");
        foreach (var file in new[]
        {
            "request.json", "prompts.jsonl", "batches.jsonl", "responses/a/00000.jsonl", "responses/b/00000.jsonl", "judge/input/llm_judge.jsonl",
            "verdicts.jsonl", "metrics.json", "report/figure.png", "report/figure.svg", "summary.json",
        })
        {
            File.Exists(_workspace.Run("first", file)).ShouldBeTrue(file);
        }
    }

    [Fact]
    public async Task The_last_three_lines_are_the_verdict_the_report_and_what_to_try_next()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store);

        var lines = result.Output.TrimEnd().Split('\n');
        result.Words.ShouldContain("prompts decisive).");
        lines[^2].ShouldStartWith("Report: ");
        File.Exists(Path.Combine(_workspace.Folder, lines[^2]["Report: ".Length..].Trim())).ShouldBeTrue();
        lines[^1].ShouldContain("--model-a");
    }

    [Fact]
    public async Task Two_runs_with_the_same_id_and_clock_are_equal_byte_for_byte()
    {
        string[] command = ["run", "--run-id", "twin", "--clock", "2026-01-02T03:04:05Z"];
        var first = await NovaProcess.RunAsync(_workspace.Folder, [.. command, "--store", _workspace.Path_("one")]);
        var second = await NovaProcess.RunAsync(_workspace.Folder, [.. command, "--store", _workspace.Path_("two")]);

        first.ExitCode.ShouldBe(0, first.ToString());
        second.ExitCode.ShouldBe(0, second.ToString());
        StoreComparison.Differences(_workspace.Path_("one"), _workspace.Path_("two")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_judge_gets_exactly_three_texts_a_row()
    {
        await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "rows");

        var lines = File.ReadAllLines(_workspace.Run("rows", "judge/input/llm_judge.jsonl"));
        lines.Length.ShouldBeGreaterThanOrEqualTo(120);
        foreach (var line in lines)
        {
            using var row = JsonDocument.Parse(line);
            row.RootElement.EnumerateObject().Select(field => field.Name).ShouldBe(["prompt", "response_A", "response_B"]);
            row.RootElement.EnumerateObject().ShouldAllBe(field => field.Value.ValueKind == JsonValueKind.String);
        }

        Directory.GetFiles(_workspace.Run("rows", "judge/input")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_finished_request_gets_a_sibling_and_both_are_listed()
    {
        await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store);
        await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store);

        var list = await NovaProcess.RunAsync(_workspace.Folder, "list", "--store", _workspace.Store, "--json");

        var ids = list.Output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("runId").GetString()!).Order().ToArray();
        ids.Length.ShouldBe(2);
        ids[0].ShouldEndWith("-1");
        ids[1].ShouldBe(ids[0][..^1] + "2");
    }

    [Fact]
    public async Task With_json_only_the_summary_is_printed()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--json");

        using var summary = JsonDocument.Parse(result.Output);
        summary.RootElement.GetProperty("verdict").GetString().ShouldBe("b_better");
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_shows_the_whole_request_and_the_calls_and_writes_nothing()
    {
        var questions = _workspace.Questions(50);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dry-run", "--json", "--store", _workspace.Store, "--dataset", questions, "--sample", "first:30");

        using var plan = JsonDocument.Parse(result.Output);
        plan.RootElement.GetProperty("plan").GetProperty("callsOfModelA").GetInt32().ShouldBe(30);
        plan.RootElement.GetProperty("request").GetProperty("suite").GetString().ShouldBe("questions");
        Directory.Exists(_workspace.Store).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_prompts_and_another_seed_others()
    {
        var questions = _workspace.Questions(60);
        foreach (var (id, seed) in new[] { ("s7", "7"), ("s7-again", "7"), ("s8", "8") })
        {
            (await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--dataset", questions, "--sample", "random:20", "--seed", seed, "--run-id", id)).ExitCode.ShouldBe(0);
        }

        Prompts("s7-again").ShouldBe(Prompts("s7"));
        Prompts("s8").ShouldNotBe(Prompts("s7"));

        string Prompts(string id) => File.ReadAllText(_workspace.Run(id, "prompts.jsonl"));
    }
}
