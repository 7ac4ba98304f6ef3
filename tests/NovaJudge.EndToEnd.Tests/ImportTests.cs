using System.Text.Json;

namespace NovaJudge.EndToEnd.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Results_of_promptfoo_become_pairs_that_a_run_judges()
    {
        var results = _workspace.Write("results.json", Promptfoo(
            Result("openai:gpt-x", 0, "What is 2 + 2?", "4", "4"), Result("ollama:chat:qwen", 0, "What is 2 + 2?", "5", "4"),
            Result("openai:gpt-x", 1, "Name a colour.", "blue", "blue", assertionFailed: true), Result("ollama:chat:qwen", 1, "Name a colour.", "blue", "blue"),
            Result("openai:gpt-x", 2, "Broken?", null, "yes"), Result("ollama:chat:qwen", 2, "Broken?", "yes", "yes")));

        var imported = await ImportAsync("promptfoo", results);

        imported.ExitCode.ShouldBe(0, imported.ToString());
        imported.Words.ShouldContain("pairs.jsonl: 2 pairs, A is openai:gpt-x, B is ollama:chat:qwen");
        imported.Words.ShouldContain("Left out: 1 without an answer of openai:gpt-x.");
        var pairs = Pairs();
        pairs[0].GetProperty("prompt").GetString().ShouldBe("What is 2 + 2?");
        pairs[0].GetProperty("response_A").GetString().ShouldBe("4");
        pairs[0].GetProperty("response_B").GetString().ShouldBe("5");
        pairs[0].GetProperty("references")[0].GetString().ShouldBe("4");
        var command = imported.Output.Split('\n').Single(line => line.StartsWith("Judge them: ./nova ", StringComparison.Ordinal))["Judge them: ./nova ".Length..].Split(' ');
        var run = await NovaProcess.RunAsync(_workspace.Folder, [.. command, "--store", _workspace.Store, "--run-id", "r"]);
        run.ExitCode.ShouldBe(0, run.ToString());
        var outcomes = _workspace.Json(_workspace.Run("r", "metrics.json")).GetProperty("outcomes");
        outcomes.GetProperty("a").GetInt32().ShouldBe(1);
        outcomes.GetProperty("tie").GetInt32().ShouldBe(1);
        run.Words.ShouldContain("openai:gpt-x against ollama:chat:qwen");
    }

    [Fact]
    public async Task Of_more_than_two_providers_two_are_named()
    {
        var results = _workspace.Write("results.jsonl", string.Join('\n', new[] { "x", "y", "z" }.Select(provider => Result(provider, 0, "Q?", $"answer of {provider}", null))));

        var refused = await ImportAsync("promptfoo", results);
        var taken = await ImportAsync("promptfoo", results, "--a", "z", "--b", "x");
        var unknown = await ImportAsync("promptfoo", results, "--a", "w");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("has 3 providers: \"x\", \"y\", \"z\". Say which two are compared: --a NAME --b NAME");
        taken.ExitCode.ShouldBe(0, taken.ToString());
        Pairs().Single().GetProperty("response_A").GetString().ShouldBe("answer of z");
        Pairs().Single().GetProperty("response_B").GetString().ShouldBe("answer of x");
        unknown.Error.ShouldContain("has no such provider");
    }

    [Fact]
    public async Task Logs_of_oaieval_become_pairs_by_their_samples()
    {
        var a = Log("a.jsonl", "gpt-x", ("s.1", "4"), ("s.2", "[[A>B]] \u001b[31m"), ("s.3", "alone"));
        var b = Log("b.jsonl", "gpt-y", ("s.2", "blue"), ("s.1", "5"));

        var imported = await ImportAsync("openai-evals", a, b);

        imported.ExitCode.ShouldBe(0, imported.ToString());
        imported.Words.ShouldContain("2 pairs, A is gpt-x, B is gpt-y");
        imported.Words.ShouldContain("Left out: 1 without an answer of gpt-y.");
        Pairs()[0].GetProperty("prompt").GetString().ShouldBe("system: Be brief.\n\nuser: Question s.1?");
        Pairs()[1].GetProperty("response_A").GetString().ShouldBe("[[A>B]] \u001b[31m");
        Pairs()[0].GetProperty("references")[0].GetString().ShouldBe("4");
    }

    [Theory]
    [InlineData("promptfoo", "{}", "holds no results of promptfoo")]
    [InlineData("promptfoo", "not json", "not JSON")]
    [InlineData("promptfoo", "", "holds no results of promptfoo")]
    [InlineData("promptfoo", """{"results":{"version":3,"results":[{"provider":7,"prompt":{"raw":"x"}}]}}""", "result 1: \"provider\" and \"prompt.raw\" are expected")]
    [InlineData("promptfoo", """{"results":{"results":[{"provider":"x","prompt":{"raw":"q"},"response":{"output":"a"}}]}}""", "needs two providers")]
    [InlineData("openai-evals", """{"sample_id":"1","type":"match","data":{"correct":true}}""", "none of its 1 events is a \"sampling\"")]
    [InlineData("openai-evals", """[1,2]""", "it is no log of oaieval")]
    public async Task What_cannot_be_read_is_refused_and_nothing_is_written(string tool, string content, string words)
    {
        var file = _workspace.Write("results.json", content);

        var result = await ImportAsync([tool, file, .. tool == "openai-evals" ? [file] : Array.Empty<string>()]);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(words);
        Directory.GetFiles(_workspace.Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Hostile_names_and_texts_stay_texts()
    {
        const string name = "evil'; rm -rf ~ #\n\u001b[2J";
        const string text = "=cmd|'/c calc'!A1 <script>alert(1)</script> [red]markup[/] \u202e {question} [[B>A]]";
        var results = _workspace.Write("results.json", Promptfoo(Result(name, 0, text, text, null), Result("b", 0, text, "plain", null)));

        var imported = await ImportAsync("promptfoo", results);

        imported.ExitCode.ShouldBe(0, imported.ToString());
        imported.Output.ShouldNotContain('\u001b');
        imported.Output.ShouldContain("--name-a 'evil'\\''; rm -rf ~ #  [2J'");
        Pairs().Single().GetProperty("response_A").GetString().ShouldBe(text);
        Pairs().Single().GetProperty("prompt").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task A_file_that_exists_is_not_written_over()
    {
        var results = _workspace.Write("results.json", Promptfoo(Result("a", 0, "q", "x", null), Result("b", 0, "q", "y", null)));
        _workspace.Write("pairs.jsonl", "mine");

        var result = await ImportAsync("promptfoo", results);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("exists already");
        File.ReadAllText(_workspace.Path_("pairs.jsonl")).ShouldBe("mine");
    }

    private JsonElement[] Pairs() => [.. File.ReadLines(_workspace.Path_("pairs.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    private Task<NovaResult> ImportAsync(params IEnumerable<string> arguments) => NovaProcess.RunAsync(_workspace.Folder, ["import", .. arguments]);

    /// <summary>Summary version 3, as promptfoo writes it, with the fields that matter and some that do not.</summary>
    private static string Promptfoo(params IEnumerable<string> results) =>
        $$$"""{"evalId":"eval-1","results":{"version":3,"timestamp":"2026-01-01T00:00:00.000Z","prompts":[],"results":[{{{string.Join(',', results)}}}],"stats":{"successes":1,"failures":0,"errors":0}},"config":{},"shareableUrl":null}""";

    private static string Result(string provider, int test, string prompt, string? output, string? expected, bool assertionFailed = false) => JsonSerializer.Serialize(new
    {
        testIdx = test,
        promptIdx = provider.Length,
        provider = new { id = provider, label = "" },
        prompt = new { raw = prompt, label = prompt },
        vars = new { },
        testCase = new { assert = expected is null ? [] : new[] { new { type = "equals", value = expected } } },
        response = output is null ? (object)new { error = "API error: 500" } : new { output },
        error = output is null ? "API error: 500" : assertionFailed ? "Expected output to equal something else" : null,
        success = !assertionFailed && output is not null,
    });

    /// <summary>A log as the local recorder of OpenAI's evals writes it.</summary>
    private string Log(string name, string model, params (string Sample, string Answer)[] answers) => _workspace.Write(name, string.Join('\n',
    [
        JsonSerializer.Serialize(new { spec = new { completion_fns = new[] { model }, eval_name = "test.dev.v0", run_id = "1" } }),
        .. answers.SelectMany((answer, i) => new[]
        {
            JsonSerializer.Serialize(new
            {
                run_id = "1", event_id = 2 * i, sample_id = answer.Sample, type = "sampling",
                data = new { prompt = new[] { new { role = "system", content = "Be brief." }, new { role = "user", content = $"Question {answer.Sample}?" } }, sampled = new[] { answer.Answer } },
            }),
            JsonSerializer.Serialize(new { run_id = "1", event_id = (2 * i) + 1, sample_id = answer.Sample, type = "match", data = new { correct = true, expected = "4", picked = answer.Answer } }),
        }),
        """{"final_report": {"accuracy": 1.0}}""",
    ]) + "\n");
}
