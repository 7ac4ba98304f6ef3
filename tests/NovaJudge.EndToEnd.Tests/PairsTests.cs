using System.Text.Json;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

public sealed class PairsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("pairs.jsonl")]
    [InlineData("pairs.csv")]
    [InlineData("pairs")]
    public async Task Pairs_are_judged_whole_and_no_model_is_asked_or_named(string name)
    {
        var path = Pairs(150, name);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--pairs", path, "--store", _workspace.Store, "--run-id", "p");

        result.ExitCode.ShouldBe(0, result.ToString());
        var metrics = _workspace.Json(_workspace.Run("p", "metrics.json"));
        metrics.GetProperty("outcomes").GetProperty("b").GetInt32().ShouldBe(100);
        metrics.GetProperty("outcomes").GetProperty("a").GetInt32().ShouldBe(50);
        metrics.GetProperty("models").GetProperty("a").GetProperty("name").GetString().ShouldBe("Model A");
        result.Words.ShouldNotContain("demo model");
        result.Words.ShouldNotContain("Generate the responses");
    }

    [Fact]
    public async Task A_data_set_with_both_answers_is_taken_as_pairs_whatever_option_names_it()
    {
        var path = Pairs(30, "data.csv");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", path, "--sample", "all", "--name-b", "Qwen", "--store", _workspace.Store, "--run-id", "p");

        result.ExitCode.ShouldBe(0, result.ToString());
        _workspace.Json(_workspace.Run("p", "request.json")).GetProperty("dataset").GetProperty("format").GetString().ShouldBe("pairs");
        result.Words.ShouldContain("Model A against Qwen");
    }

    [Theory]
    [InlineData("prompt\nQ?\n", "response_A")]
    [InlineData("prompt,response_A\nQ?,a\n", "only one of")]
    [InlineData("{\"prompt\":\"Q?\"}\n", "response_A")]
    public async Task What_brings_no_answers_along_is_refused_as_pairs(string content, string words)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--pairs", _workspace.Write("pairs.x", content), "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Rejudging_asks_no_model_again_and_says_how_far_both_judges_agree()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = call => call.Model == "judge" ? "[[A=B]]" : call.Prompt.Contains("green", StringComparison.Ordinal) ? "green" : "I do not know" });
        var first = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", _workspace.Questions(40), "--sample", "all", "--model-a", server.Spec("model-a"),
            "--model-b", "embedded:faulty?fail=10", "--store", _workspace.Store, "--run-id", "first", "--set", "generation.toleratedFailurePercentage=50");
        first.ExitCode.ShouldBeLessThan(2, first.ToString());

        var again = await NovaProcess.RunAsync(_workspace.Folder, "rejudge", "first", "--judge", $"model:{server.Spec("judge")}", "--store", _workspace.Store, "--run-id", "second", "--json");

        again.ExitCode.ShouldBeLessThan(2, again.ToString());
        server.Counts["model-a"].ShouldBe(40);
        var (before, after) = (Outcomes("first"), Outcomes("second"));
        after.GetProperty("generationFailed").GetInt32().ShouldBe(before.GetProperty("generationFailed").GetInt32());
        var scored = before.GetProperty("scored").GetInt32();
        after.GetProperty("tie").GetInt32().ShouldBe(scored);
        using var document = JsonDocument.Parse(again.Output);
        var agreement = document.RootElement.GetProperty("agreement");
        agreement.GetProperty("shared").GetInt32().ShouldBe(scored);
        agreement.GetProperty("same").GetInt32().ShouldBe(before.GetProperty("tie").GetInt32());
        agreement.GetProperty("kappa").GetDouble().ShouldBe(0);
        agreement.GetProperty("table").EnumerateArray().Sum(row => row[2].GetInt32()).ShouldBe(scored);
    }

    [Fact]
    public async Task Rejudging_by_the_same_judge_agrees_with_itself()
    {
        (await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "first")).ExitCode.ShouldBe(0);

        var again = await NovaProcess.RunAsync(_workspace.Folder, "rejudge", "first", "--judge", "embedded:token-f1", "--store", _workspace.Store, "--run-id", "second");

        again.ExitCode.ShouldBe(0, again.ToString());
        again.Words.ShouldContain("The judges agree on 100.0% of 237 prompts");
        again.Words.ShouldContain("Cohen's kappa 1.00");
        again.Words.ShouldContain("first-sentence (demo model) against keyword-match (demo model)");
    }

    [Fact]
    public async Task Rejudging_needs_a_judge_and_a_run()
    {
        var noRun = await NovaProcess.RunAsync(_workspace.Folder, "rejudge", "none", "--judge", "embedded:token-f1", "--store", _workspace.Store);
        var noJudge = await NovaProcess.RunAsync(_workspace.Folder, "rejudge", "none", "--store", _workspace.Store);

        noRun.ExitCode.ShouldBe(2);
        noRun.Error.ShouldContain("There is no run none");
        noJudge.ExitCode.ShouldBe(2);
        noJudge.Error.ShouldContain("Name a judge");
    }

    private JsonElement Outcomes(string runId) => _workspace.Json(_workspace.Run(runId, "metrics.json")).GetProperty("outcomes");

    private string Pairs(int count, string name) => _workspace.Write(name, (name.EndsWith(".jsonl", StringComparison.Ordinal) ? "" : "id,prompt,response_A,response_B,references\n") + string.Concat(
        Enumerable.Range(1, count).Select(i =>
        {
            var (a, b) = i % 3 == 0 ? ("blue", "red") : ("red", "blue");
            return name.EndsWith(".jsonl", StringComparison.Ordinal)
                ? JsonSerializer.Serialize(new { id = $"p{i}", prompt = $"Colour {i}, please?", response_A = a, response_B = b, references = new[] { "blue" } }) + "\n"
                : $"p{i},\"Colour {i}, please?\",{a},{b},blue\n";
        })));
}
