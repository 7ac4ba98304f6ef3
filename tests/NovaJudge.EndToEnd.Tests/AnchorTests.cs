using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Frozen pairs that every run of a suite has judged, to notice a judge that changes.</summary>
public sealed class AnchorTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Anchors_are_frozen_once_judged_in_every_run_and_kept_out_of_the_analysis()
    {
        await RunAsync("without", "--store", _workspace.Path_("other"));
        await RunAsync("first", "--request", Anchors(12), "--store", _workspace.Store);
        var frozen = Frozen();
        await BaselineAsync("first");

        await RunAsync("second", "--request", Anchors(12), "--store", _workspace.Store);

        Frozen().ShouldBe(frozen);
        frozen.Length.ShouldBe(12);
        var (plain, first, second) = (_workspace.Json(_workspace.Path_("other", "runs", "without", "metrics.json")), Metrics("first"), Metrics("second"));
        foreach (var part in new[] { "outcomes", "analysis", "verdict" })
        {
            JsonElement.DeepEquals(first.GetProperty(part), plain.GetProperty(part)).ShouldBeTrue(part);
            JsonElement.DeepEquals(second.GetProperty(part), plain.GetProperty(part)).ShouldBeTrue(part);
        }

        File.ReadLines(_workspace.Run("second", "verdicts.jsonl")).ShouldNotContain(line => line.Contains("anchor-", StringComparison.Ordinal));
        first.GetProperty("anchors").GetProperty("state").GetString().ShouldBe("notChecked");
        second.GetProperty("anchors").GetProperty("state").GetString().ShouldBe("unchanged");
        second.GetProperty("anchors").GetProperty("compared").GetInt32().ShouldBe(12);
        second.GetProperty("regression").GetProperty("state").GetString().ShouldBe("noRegression");
    }

    [Fact]
    public async Task What_a_run_with_anchors_writes_is_what_the_schema_describes()
    {
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(
            Path.Combine(Repository.Root, "functions/NovaJudge.Pipeline/Metrics/metrics.schema.json"), TestContext.Current.CancellationToken);
        await RunAsync("first", "--request", Anchors(5), "--store", _workspace.Store);
        await BaselineAsync("first");
        await RunAsync("second", "--request", Anchors(5), "--store", _workspace.Store);

        var text = await File.ReadAllTextAsync(_workspace.Run("second", "metrics.json"), TestContext.Current.CancellationToken);

        schema.Validate(text).Select(error => error.ToString()).ShouldBeEmpty();
        JsonNode.Parse(text)!["anchors"]!.AsObject().Select(field => field.Key).ShouldBe(["state", "because", "judged", "compared", "changed", "reference"]);
    }

    [Fact]
    public async Task A_judge_by_formula_that_says_one_thing_otherwise_has_changed()
    {
        await RunAsync("first", "--request", Anchors(12), "--store", _workspace.Store);
        await BaselineAsync("first");
        var file = Directory.GetFiles(Path.Combine(_workspace.Store, "baselines"), "*.anchors.jsonl").Single();
        var decided = File.ReadLines(_workspace.Run("first", "anchor-verdicts.jsonl")).Index().First(line => !line.Item.Contains("\"verdict\":\"tie\"", StringComparison.Ordinal)).Index;
        var lines = File.ReadAllLines(file);
        var anchor = JsonNode.Parse(lines[decided])!;
        anchor["references"] = new JsonArray("nothing like it");
        lines[decided] = anchor.ToJsonString();
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        await RunAsync("second", "--request", Anchors(12), "--store", _workspace.Store);

        Metrics("second").GetProperty("anchors").GetProperty("changed").GetInt32().ShouldBe(1);
        Metrics("second").GetProperty("regression").GetProperty("state").GetString().ShouldBe("notChecked");
        Metrics("second").GetProperty("regression").GetProperty("because").GetString()!.ShouldContain("The judge may have changed");
        File.ReadAllText(_workspace.Run("second", "report", "report.html")).ShouldContain("The judge may have changed");
    }

    [Fact]
    public async Task A_model_that_judges_otherwise_is_not_taken_for_a_fall_of_model_B()
    {
        var turned = false;
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions
        {
            Answer = call => call.Model == "judge" ? Verdict(call.Prompt, turned) : $"This is the answer of {call.Model}.",
        });
        (await JudgeAsync("first")).ExitCode.ShouldBe(0);
        server.Counts["judge"].ShouldBe(2 * (45 + 10));
        await BaselineAsync("first");
        turned = true;

        var without = await JudgeAsync("bare", anchors: null);
        var result = await JudgeAsync("second");

        without.ExitCode.ShouldBe(1, without.ToString());
        Metrics("bare").GetProperty("regression").GetProperty("state").GetString().ShouldBe("regression");
        result.ExitCode.ShouldBe(0, result.ToString());
        Metrics("second").GetProperty("anchors").GetProperty("state").GetString().ShouldBe("changed");
        Metrics("second").GetProperty("regression").GetProperty("because").GetString()!.ShouldStartWith("The judge may have changed: of 10 anchor pairs it judges 10 otherwise than in the baseline first");
        Metrics("second").GetProperty("gate").GetProperty("status").GetString().ShouldBe("notChecked");

        Task<NovaResult> JudgeAsync(string runId, int? anchors = 10) => NovaProcess.RunAsync(_workspace.Folder,
            "run", "--request", anchors is null ? Anchors(null) : Anchors(anchors), "--dataset", _workspace.Questions(45), "--sample", "all", "--store", _workspace.Store, "--run-id", runId,
            "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), "--judge", $"model:{server.Spec("judge")}");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("501")]
    [InlineData("\"ten\"")]
    public async Task A_number_of_anchors_that_makes_no_sense_is_refused_with_its_path(string anchors)
    {
        var request = _workspace.Write("request.json", $$"""{ "judge": { "anchors": {{anchors}} } }""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--request", request, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("$.judge.anchors");
    }

    /// <summary>Prefers model B wherever it stands, or, turned round, model A.</summary>
    private static string Verdict(string prompt, bool turned) =>
        prompt.LastIndexOf("answer of model-a", StringComparison.Ordinal) < prompt.LastIndexOf("answer of model-b", StringComparison.Ordinal) != turned ? "[[B>A]]" : "[[A>B]]";

    private string Anchors(int? count) => _workspace.Write($"anchors-{count}.json", JsonSerializer.Serialize(count is null ? new object() : new { judge = new { anchors = count } }));

    private async Task RunAsync(string runId, params IEnumerable<string> more)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, ["run", "--run-id", runId, "--clock", "2026-01-02T03:04:05Z", .. more]);
        result.ExitCode.ShouldBe(0, result.ToString());
    }

    private async Task BaselineAsync(string runId) =>
        (await NovaProcess.RunAsync(_workspace.Folder, "baseline", "set", runId, "--store", _workspace.Store)).ExitCode.ShouldBe(0);

    private string[] Frozen() => File.ReadAllLines(Directory.GetFiles(Path.Combine(_workspace.Store, "baselines"), "*.anchors.jsonl").ShouldHaveSingleItem());

    private JsonElement Metrics(string runId) => _workspace.Json(_workspace.Run(runId, "metrics.json"));
}
