using System.Text.Json;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>The commands that read runs, as a user calls them.</summary>
public sealed class StatisticsCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Reading_counts_tells_prompts_from_passes()
    {
        var result = await NovaAsync("read", "16,10,0");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Words.ShouldContain("this is 13 prompts' worth");
        result.Words.ShouldContain("0.177–0.645");
        result.Words.ShouldContain("0.2243–0.5747");
        result.Words.ShouldContain("sign test p 0.327");
        result.Words.ShouldContain("Inconclusive: Model B scores 38%");
    }

    [Fact]
    public async Task Six_prompts_say_what_six_prompts_can_and_cannot_show()
    {
        var figure = _workspace.Path_("six.png");
        var result = await NovaAsync("read", "3,9,0", "--figure", figure);

        result.Words.ShouldContain("What 6 decisive prompts can show: only 6 to 0 (p 0.031); 5 to 1 is chance as far as anyone can tell (p 0.219)");
        result.Words.ShouldContain("wins 96% of its prompts");
        (await File.ReadAllBytesAsync(figure, TestContext.Current.CancellationToken)).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Theory]
    [InlineData("16,ten,0")]
    [InlineData("0,0,0")]
    [InlineData("1,2")]
    [InlineData("missing.tar.gz")]
    [InlineData("999999999999,1,0")]
    public async Task What_cannot_be_read_is_refused(string input)
    {
        var result = await NovaAsync("read", input);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldNotContain("This should not have happened");
    }

    [Fact]
    public async Task A_plan_names_the_prompts_it_takes()
    {
        var result = await NovaAsync("plan", "--detect", "0.55", "--power", "0.8");
        var impossible = await NovaAsync("plan", "--detect", "0.5");

        result.Words.ShouldContain("783 prompts find a win rate of 55% with a chance of 80%");
        impossible.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Against_a_baseline_a_worse_model_fails_the_gate_and_compare_names_the_prompts()
    {
        await RunAsync("base");
        (await StoreAsync("baseline", "set", "base")).ExitCode.ShouldBe(0);
        await RunAsync("same");
        var worse = await NovaAsync("run", "--store", _workspace.Store, "--run-id", "worse", "--model-b", "embedded:faulty?empty=2");

        var history = await StoreAsync("history", "squad-sample");
        var compared = await StoreAsync("compare", "base", "worse", "--most", "500");
        var asJson = await StoreAsync("compare", "base", "worse", "--json");
        var shown = await StoreAsync("baseline", "show", "squad-sample");

        worse.ExitCode.ShouldBe(1, worse.ToString());
        Json("same", "gate").GetProperty("status").GetString().ShouldBe("passed");
        Json("worse", "regression").GetProperty("state").GetString().ShouldBe("regression");
        Json("worse", "regression").GetProperty("look").GetInt32().ShouldBe(2);
        history.Words.ShouldContain("regression");
        compared.Words.ShouldContain("has become worse");
        using var document = JsonDocument.Parse(asJson.Output);
        var changed = document.RootElement.GetProperty("changed").EnumerateArray().ToList();
        changed.Count.ShouldBeGreaterThan(20);
        changed.ShouldAllBe(verdict => compared.Output.Contains(verdict.GetProperty("id").GetString()!, StringComparison.Ordinal));
        shown.Words.ShouldContain("base, pinned");
    }

    [Fact]
    public async Task Runs_that_differ_in_more_than_model_B_are_compared_only_by_force()
    {
        await RunAsync("one");
        await RunAsync("two", "--model-a", "embedded:keyword-match");

        var refused = await StoreAsync("compare", "one", "two");
        var forced = await StoreAsync("compare", "one", "two", "--force");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("the opponent, model A (embedded:first-sentence, then embedded:keyword-match)");
        forced.ExitCode.ShouldBe(0, forced.ToString());
        forced.Words.ShouldContain("Note: They differ in the opponent");
    }

    [Fact]
    public async Task Labels_from_a_file_are_kept_and_calibrate_the_score()
    {
        await RunAsync("run");
        var list = await StoreAsync("label", "run", "--n", "20", "--list");
        var ids = list.Output.Trim().Split('\n');
        string Labels(IEnumerable<string> chosen) => string.Concat(chosen.Select(id => JsonSerializer.Serialize(new { id, label = "b" }) + "\n"));
        _workspace.Write("first.jsonl", Labels(ids[..8]));
        _workspace.Write("rest.jsonl", Labels(ids[8..]));
        _workspace.Write("stranger.jsonl", Labels(["nobody"]));

        var half = await StoreAsync("label", "run", "--n", "20", "--answers", "first.jsonl");
        var whole = await StoreAsync("label", "run", "--n", "20", "--answers", "rest.jsonl");
        var stranger = await StoreAsync("label", "run", "--n", "20", "--answers", "stranger.jsonl");
        var calibrated = await StoreAsync("calibrate", "run", "--json");

        ids.Length.ShouldBe(20);
        half.Words.ShouldContain("8 of 20 prompts are labelled. The same command goes on.");
        whole.Words.ShouldContain("20 of 20 prompts are labelled.");
        stranger.ExitCode.ShouldBe(2);
        using var document = JsonDocument.Parse(calibrated.Output);
        document.RootElement.GetProperty("labelled").GetInt32().ShouldBe(20);
        document.RootElement.GetProperty("correctedScore").GetDouble().ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task An_extension_judges_only_new_prompts_until_none_is_left()
    {
        await RunAsync("run", "--dataset", _workspace.Questions(60), "--sample", "random:40");

        var extended = await StoreAsync("extend", "run", "--by", "15");
        var rest = await StoreAsync("extend", "run", "--by", "15", "--json");
        var nothing = await StoreAsync("extend", "run");

        extended.ExitCode.ShouldBe(0, extended.ToString());
        extended.Words.ShouldContain("55 prompts in 2 batches");
        using var document = JsonDocument.Parse(rest.Output);
        document.RootElement.GetProperty("prompts").GetInt32().ShouldBe(60);
        nothing.ExitCode.ShouldBe(2);
        var asked = new[] { "run", "run-x1", "run-x2" }.SelectMany(run => File.ReadLines(_workspace.Run(run, "prompts.jsonl"))).ToList();
        asked.Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task Until_decided_stops_as_soon_as_the_sequence_decides_and_says_so_when_it_cannot()
    {
        var decided = await StoreAsync("run", "--until-decided", "--sample", "random:40", "--run-id", "seq");
        var equal = await StoreAsync("run", "--until-decided", "--sample", "random:40", "--max-prompts", "100", "--run-id", "equal", "--model-a", "embedded:keyword-match");

        decided.ExitCode.ShouldBe(0, decided.ToString());
        decided.Words.ShouldContain("keyword-match (demo model) answers better than first-sentence (demo model)");
        Directory.GetDirectories(Path.Combine(_workspace.Store, "runs"), "seq*").Length.ShouldBeLessThan(6);
        equal.Words.ShouldContain("Not decided");
        equal.Words.ShouldContain("The limit of 100 prompts is reached.");
        File.ReadLines(_workspace.Run("equal-x2", "prompts.jsonl")).Count().ShouldBe(20);
    }

    [Fact]
    public async Task Batches_that_share_their_articles_do_not_decide_by_hiding_it_from_each_other()
    {
        // Twelve articles of forty prompts; eight are B's altogether, four A's: chance, as far as anyone can tell.
        var pairs = Pairs("articles.jsonl", 480, row => (row % 12 < 8, $"article {row % 12}", $"Question {row}?"));

        var result = await StoreAsync("run", "--pairs", pairs, "--judge", "embedded:token-f1", "--until-decided", "--sample", "random:40", "--run-id", "seq");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Words.ShouldContain("Not decided");
        result.Words.ShouldContain("Every prompt of the data set was judged.");
    }

    [Fact]
    public async Task Four_prompts_judged_fifty_times_each_name_no_winner()
    {
        var pairs = Pairs("again.jsonl", 200, row => (true, null, $"Question {row % 4}?"));

        var result = await StoreAsync("run", "--pairs", pairs, "--judge", "embedded:token-f1", "--run-id", "again");

        result.Words.ShouldContain("Inconclusive: Model B scores 100%, 35–100%");
        result.Words.ShouldContain("with only 4 different prompts each counts once in the score's interval, the sign test and the verdict.");
        Json("again", "analysis").GetProperty("signTest").GetProperty("b").GetInt32().ShouldBe(4);
    }

    private string Pairs(string name, int rows, Func<int, (bool BWins, string? Cluster, string Prompt)> row)
    {
        var path = _workspace.Path_(name);
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(at =>
        {
            var (wins, cluster, prompt) = row(at);
            return JsonSerializer.Serialize(new { id = $"q{at}", prompt, cluster, references = new[] { "right" }, response_A = wins ? "wrong" : "right", response_B = wins ? "right" : "wrong" });
        }));
        return path;
    }

    private static Task<NovaResult> NovaAsync(string folder, IEnumerable<string> arguments) => NovaProcess.RunAsync(folder, arguments);

    private Task<NovaResult> NovaAsync(params string[] arguments) => NovaAsync(_workspace.Folder, arguments);

    private Task<NovaResult> StoreAsync(params string[] arguments) => NovaAsync([.. arguments, "--store", _workspace.Store]);

    private async Task RunAsync(string id, params string[] arguments)
    {
        var result = await NovaAsync(["run", "--store", _workspace.Store, "--run-id", id, .. arguments]);
        result.ExitCode.ShouldBe(0, result.ToString());
    }

    private JsonElement Json(string run, string part) => _workspace.Json(_workspace.Run(run, "metrics.json")).GetProperty(part);
}
