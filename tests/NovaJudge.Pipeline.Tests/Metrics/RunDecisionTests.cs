using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Tests.Metrics;

/// <summary>The decision table through the run's own code path: from the judge's archive to metrics.json.</summary>
public sealed class RunDecisionTests
{
    private const string ErrorsOnly = """{"gate":{"failOn":["errors"]}}""";
    private readonly JudgedStore _store = new();

    [Theory]
    [InlineData(9, 1, 990, 0, "equivalent", "within_margin")]
    [InlineData(5, 5, 190, 0, "equivalent", "within_margin")]
    [InlineData(0, 5, 0, 0, "inconclusive", "interval_contains_half,sign_test_undecided")]
    [InlineData(30, 10, 0, 60, "inconclusive", "too_many_errors")]
    [InlineData(20, 80, 0, 0, "b_better", "interval_and_sign_test")]
    [InlineData(80, 20, 0, 0, "a_better", "interval_and_sign_test")]
    public async Task The_decision_table(int a, int b, int ties, int errors, string outcome, string reasons)
    {
        var metrics = await _store.RunAsync("run", JudgedStore.Of((a, Judged.A), (b, Judged.B), (ties, Judged.Tie), (errors, Judged.Failed)), ErrorsOnly);

        metrics.Verdict.Outcome.ShouldBe(outcome);
        reasons.Split(',').ShouldContain(metrics.Verdict.Reason);
        metrics.Verdict.Explanation.ShouldNotBeNullOrEmpty();
        metrics.Gate.Status.ShouldBe(errors > 0 ? GateStatus.Failed : GateStatus.Passed);
        if (errors > 0)
        {
            metrics.Verdict.Sentence.ShouldStartWith("Inconclusive (too many errors)");
        }
    }

    [Fact]
    public async Task Swapping_the_models_mirrors_everything()
    {
        var there = await _store.RunAsync("there", JudgedStore.Of((30, Judged.A), (50, Judged.B), (20, Judged.Tie), (3, Judged.First)));
        var back = await _store.RunAsync("back", JudgedStore.Of((50, Judged.A), (30, Judged.B), (20, Judged.Tie), (3, Judged.First)));

        var (score, mirrored) = (there.Analysis.Score!, back.Analysis.Score!);
        mirrored.Value.ShouldBe(1 - score.Value, 1e-12);
        mirrored.Low.ShouldBe(1 - score.High, 1e-12);
        back.Analysis.SignTest!.P.ShouldBe(there.Analysis.SignTest!.P, 1e-12);
        back.Analysis.Posterior!.ProbabilityBBetter.ShouldBe(1 - there.Analysis.Posterior!.ProbabilityBBetter, 1e-12);
    }

    [Fact]
    public async Task Permuting_the_prompts_changes_no_figure()
    {
        Judged[] prompts = [.. JudgedStore.Of((30, Judged.A), (50, Judged.B), (20, Judged.Tie), (3, Judged.First)).Select((prompt, at) => prompt with { Text = $"Question {at}?", Cluster = $"c{at % 14}", Category = $"k{at % 3}" })];
        var shuffled = prompts.ToArray();
        new Random(7).Shuffle(shuffled);

        var first = await _store.RunAsync("first", prompts);
        var second = await _store.RunAsync("second", shuffled);

        second.Analysis.Score!.Low.ShouldBe(first.Analysis.Score!.Low, 1e-12);
        second.Analysis.Clusters.DesignEffect!.Value.ShouldBe(first.Analysis.Clusters.DesignEffect!.Value, 1e-9);
        second.Analysis.Slices!.Heterogeneity!.P.ShouldBe(first.Analysis.Slices!.Heterogeneity!.P, 1e-12);
        second.Verdict.ShouldBe(first.Verdict);
    }

    [Fact]
    public async Task A_run_of_six_prompts_says_what_six_prompts_can_and_cannot_show()
    {
        var metrics = await _store.RunAsync("run", JudgedStore.Of((1, Judged.A), (5, Judged.B)));

        metrics.Warnings.ShouldContain(
            "6 scored prompts can only show very large differences. What 6 decisive prompts can show: only 6 to 0 (p 0.031); 5 to 1 is chance as far as anyone can tell (p 0.219). "
            + "Four times in five they find a model that wins 96% of its prompts; a smaller lead they mostly miss, and they never show that two models are equal.");
    }

    [Fact]
    public async Task A_prompt_that_the_data_hold_forty_times_is_not_forty_proofs()
    {
        Judged[] prompts = [.. JudgedStore.Of((200, Judged.B)).Select((prompt, at) => prompt with { Text = $"Question {at % 5}?", Category = "one" })];

        var metrics = await _store.RunAsync("run", prompts, ErrorsOnly);

        metrics.Verdict.Outcome.ShouldBe("inconclusive");
        metrics.Analysis.Score!.N.ShouldBe(5);
        metrics.Analysis.SignTest!.ShouldBe(new(0.0625, 5, 0));
        metrics.Analysis.Bounds!.IfAllToB.ShouldBe("inconclusive");
        metrics.Analysis.Clusters.ShouldSatisfyAllConditions(
            clusters => clusters.DifferentPrompts.ShouldBe(5),
            clusters => clusters.DesignEffect.ShouldBe(40),
            clusters => clusters.Withheld.ShouldBeNull());
        metrics.Warnings.ShouldContain("The 200 scored prompts hold only 5 different ones; with only 5 different prompts each counts once in the score's interval, the sign test and the verdict.");
        metrics.Warnings.ShouldNotContain(warning => warning.StartsWith("The interval takes prompts as independent", StringComparison.Ordinal));
        metrics.Analysis.Slices!.Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Repeated_prompts_of_few_articles_are_clusters_by_prompt_and_never_independent()
    {
        // Forty prompts of three articles, ten times each; a prompt always goes the same way.
        Judged[] prompts = [.. Enumerable.Range(0, 400).Select(at => (at % 40 < 26 ? Judged.B : Judged.A) with { Text = $"Question {at % 40}?", Cluster = $"article {at % 3}" })];

        var metrics = await _store.RunAsync("run", prompts, ErrorsOnly);

        metrics.Analysis.Clusters.Count.ShouldBe(40);
        metrics.Analysis.Clusters.DesignEffect!.Value.ShouldBeInRange(9, 11);
        metrics.Verdict.Outcome.ShouldBe("inconclusive");
    }

    [Fact]
    public async Task Ten_prompts_that_always_tie_show_no_equality_however_often_they_are_judged()
    {
        Judged[] prompts = [.. JudgedStore.Of((600, Judged.Tie)).Select((prompt, at) => prompt with { Text = $"Question {at % 10}?" })];

        var metrics = await _store.RunAsync("run", prompts, ErrorsOnly);

        metrics.Verdict.Outcome.ShouldBe("inconclusive");
    }

    [Fact]
    public async Task Failed_prompts_are_no_losses_but_the_reading_as_losses_stands_beside_and_says_when_it_would_change_the_verdict()
    {
        var prompts = JudgedStore.Of((50, Judged.A), (50, Judged.B), (40, Judged.Failed));

        var metrics = await _store.RunAsync("run", prompts, """{"gate":{"failOn":[],"maxErrorRate":0.5}}""", failures: (40, 0));

        metrics.Analysis.Score!.Value.ShouldBe(0.5);
        metrics.Analysis.Score.N.ShouldBe(100);
        metrics.Analysis.ScoreFailuresLose!.Value.ShouldBe(90 / 140.0, 1e-12);
        metrics.Analysis.ScoreFailuresLose.Outcome.ShouldBe("b_better");
        metrics.Verdict.Outcome.ShouldBe("inconclusive");
        metrics.Verdict.Sentence.ShouldContain("If a missing answer counted as a loss: Challenger (demo model) answers better, score 64.3%.");
        metrics.Analysis.Bounds!.ShouldSatisfyAllConditions(
            bounds => bounds.Missing.ShouldBe(40),
            bounds => bounds.Low.ShouldBe(50 / 140.0, 1e-12),
            bounds => bounds.High.ShouldBe(90 / 140.0, 1e-12),
            bounds => bounds.VerdictIsRobust.ShouldBeFalse());
    }

    [Fact]
    public async Task An_inconclusive_run_says_how_many_more_prompts_would_decide()
    {
        var metrics = await _store.RunAsync("run", JudgedStore.Of((25, Judged.A), (25, Judged.B), (50, Judged.Tie)));

        metrics.Analysis.Plan!.Prompts.ShouldBe(1566);
        metrics.Analysis.Plan.MorePrompts.ShouldBe(1466);
        metrics.Verdict.Explanation!.ShouldContain("about 1,466 more prompts are needed");
    }

    [Fact]
    public async Task Totals_without_rows_are_read_as_half_as_many_prompts_and_never_as_errors()
    {
        var metrics = await _store.RunAsync("run", JudgedStore.Of((8, Judged.A), (5, Judged.B)), rows: false);

        metrics.Analysis.Score!.N.ShouldBe(13);
        metrics.Analysis.Score.Low.ShouldBe(0.177, 5e-4);
        metrics.Analysis.Score.High.ShouldBe(0.645, 5e-4);
        metrics.Verdict.Reason.ShouldBe("interval_contains_half");
        metrics.Gate.Checks.Single(check => check.Name == "errors").Status.ShouldBe(GateStatus.Passed);
    }

    [Fact]
    public async Task Without_any_verdict_nothing_is_claimed_and_nothing_fails()
    {
        var metrics = await _store.RunAsync("run", JudgedStore.Of((3, Judged.Unreadable)), ErrorsOnly);

        metrics.Verdict.Outcome.ShouldBe("inconclusive");
        metrics.Analysis.Score.ShouldBeNull();
        metrics.Analysis.Posterior.ShouldBeNull();
        metrics.Outcomes.Rates!.Unscored.ShouldBe(1);
        metrics.Gate.Status.ShouldBe(GateStatus.Failed);
    }
}
