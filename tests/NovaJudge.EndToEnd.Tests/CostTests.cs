using System.Text.Json;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

public sealed class CostTests : IDisposable
{
    private const double InputPrice = 100;
    private const double OutputPrice = 1000;
    private readonly Workspace _workspace = new();

    private string Prices => _workspace.Write("prices.json", """{"version":"test","models":[{"model":"openai:*","inputPerMillion":100,"outputPerMillion":1000}]}""");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_ledger_the_summary_and_the_metrics_agree_on_what_a_run_cost()
    {
        await using var server = await MockOpenAiServer.StartAsync();

        var result = await RunAsync(server, 40, "priced", "--prices", Prices);

        result.ExitCode.ShouldBe(0, result.ToString());
        var ledger = Ledger("priced");
        var total = ledger.GetProperty("total");
        var usd = ((total.GetProperty("inputTokens").GetInt64() * InputPrice) + (total.GetProperty("outputTokens").GetInt64() * OutputPrice)) / 1e6;
        total.GetProperty("calls").GetInt64().ShouldBe(server.Calls);
        total.GetProperty("usd").GetDouble().ShouldBe(usd, 1e-9);
        usd.ShouldBeGreaterThan(0);
        _workspace.Json(_workspace.Run("priced", "summary.json")).GetProperty("costUsd").GetDouble().ShouldBe(usd, 1e-8);
        var plan = _workspace.Json(_workspace.Run("priced", "metrics.json")).GetProperty("analysis").GetProperty("plan").GetProperty("cost");
        plan.GetProperty("perPromptUsd").GetDouble().ShouldBe(usd / 40, 1e-9);
        ledger.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("purpose").GetString()).ShouldBe(["a", "b", "judge"]);
        ledger.GetProperty("entries").EnumerateArray().ShouldAllBe(entry => entry.GetProperty("latency").GetProperty("count").GetInt64() == entry.GetProperty("calls").GetInt64());
        (await NovaProcess.RunAsync(_workspace.Folder, "show", "priced", "--store", _workspace.Store)).Output.ShouldContain("Prices: test over");
    }

    [Fact]
    public async Task A_run_stops_before_its_ceiling_and_goes_on_under_a_higher_one_without_asking_twice()
    {
        await using var server = await MockOpenAiServer.StartAsync();

        var stopped = await RunAsync(server, 60, "dear", "--prices", Prices, "--max-cost", "3.5");

        stopped.ExitCode.ShouldBe(3, stopped.ToString());
        stopped.Error.ShouldContain("Cost.Ceiling");
        _workspace.Json(_workspace.Run("dear", "failure.json")).GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("of $3.50");
        var made = server.Calls;
        made.ShouldBeInRange(1, 239);
        var shown = await NovaProcess.RunAsync(_workspace.Folder, "show", "dear", "--store", _workspace.Store);
        shown.ExitCode.ShouldBe(3, shown.ToString());
        shown.Words.ShouldContain("Run dear has not finished: Cost.Ceiling");
        shown.Words.ShouldContain("60 prompts of");
        using var soFar = JsonDocument.Parse((await NovaProcess.RunAsync(_workspace.Folder, "show", "dear", "--store", _workspace.Store, "--json")).Output);
        var total = soFar.RootElement.GetProperty("ledger").GetProperty("total");
        total.GetProperty("calls").GetInt64().ShouldBe(made);
        total.GetProperty("usd").GetDouble().ShouldBeInRange(3, 3.6);

        var finished = await RunAsync(server, 60, "dear", "--prices", Prices, "--max-cost", "100");

        finished.ExitCode.ShouldBe(0, finished.ToString());
        server.Calls.ShouldBe(240);
        Ledger("dear").GetProperty("total").GetProperty("calls").GetInt64().ShouldBe(240);
        File.Exists(_workspace.Run("dear", "failure.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_is_known_to_pass_its_ceiling_makes_no_call()
    {
        await using var server = await MockOpenAiServer.StartAsync();

        var result = await RunAsync(server, 60, "refused", "--prices", Prices, "--max-cost", "0.01");

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("Nothing was started");
        server.Calls.ShouldBe(0);
        Directory.Exists(_workspace.Run("refused")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"prompt_tokens":-7,"completion_tokens":"NaN"}""")]
    [InlineData("""{"prompt_tokens":1e400,"completion_tokens":9223372036854775807}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_server_that_lies_about_tokens_gets_its_answers_judged_and_its_tokens_estimated(string usage)
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Usage = usage });

        var result = await RunAsync(server, 5, "lied", "--prices", Prices);

        result.ExitCode.ShouldBe(0, result.ToString());
        server.Calls.ShouldBe(20);
        var ledger = Ledger("lied");
        ledger.GetProperty("entries").EnumerateArray().ShouldAllBe(entry => entry.GetProperty("estimatedAnswers").GetInt64() == entry.GetProperty("calls").GetInt64());
        ledger.GetProperty("total").GetProperty("usd").GetDouble().ShouldBeInRange(0.01, 5);
        result.Output.ShouldContain("some tokens estimated");
    }

    [Fact]
    public async Task Answers_of_an_earlier_run_cost_nothing_and_a_dry_run_says_so()
    {
        await using var server = await MockOpenAiServer.StartAsync();
        (await RunAsync(server, 10, "first", "--prices", Prices)).ExitCode.ShouldBe(0);
        string[] replay = ["run", "--dataset", _workspace.Questions(10), "--sample", "all", "--store", _workspace.Store, "--prices", Prices,
            "--model-a", "run:first/a", "--model-b", "run:first/b", "--judge", $"model:{server.Spec("judge")}"];
        var before = server.Calls;

        using var plan = JsonDocument.Parse((await NovaProcess.RunAsync(_workspace.Folder, [.. replay, "--dry-run", "--json"])).Output);
        var result = await NovaProcess.RunAsync(_workspace.Folder, [.. replay, "--run-id", "again"]);

        result.ExitCode.ShouldBe(0, result.ToString());
        server.Calls.ShouldBe(before + 20);
        plan.RootElement.GetProperty("plan").GetProperty("callsOfModelA").GetInt64().ShouldBe(0);
        Ledger("again").GetProperty("entries").EnumerateArray().Take(2).ShouldAllBe(entry => entry.GetProperty("because").GetString() == "replayed" && entry.GetProperty("usd").GetDouble() == 0);
        var low = plan.RootElement.GetProperty("plan").GetProperty("cost").GetProperty("usd").GetProperty("low").GetDouble();
        var high = plan.RootElement.GetProperty("plan").GetProperty("cost").GetProperty("usd").GetProperty("high").GetDouble();
        Ledger("again").GetProperty("total").GetProperty("usd").GetDouble().ShouldBeInRange(low, high);
    }

    private JsonElement Ledger(string runId) => _workspace.Json(_workspace.Run(runId, "telemetry", "ledger.json"));

    private Task<NovaResult> RunAsync(MockOpenAiServer server, int prompts, string runId, params IEnumerable<string> more) => NovaProcess.RunAsync(_workspace.Folder,
        ["run", "--dataset", _workspace.Questions(prompts), "--sample", "all", "--store", _workspace.Store, "--run-id", runId,
        "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), "--judge", $"model:{server.Spec("judge")}", .. more]);
}
