using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class RunComparisonTests
{
    [Fact]
    public void Twenty_flipped_verdicts_among_five_hundred_are_named()
    {
        KeyedScore[] first = [.. Enumerable.Range(0, 500).Select(i => new KeyedScore($"hash{i}", i % 2))];
        KeyedScore[] second = [.. first.Reverse().Select((prompt, i) => i % 25 == 0 ? prompt with { Score = 1 - prompt.Score } : prompt)];

        var comparison = RunComparison.Of(first, second);

        comparison.IsPaired.ShouldBeTrue();
        comparison.Changed.Select(changed => changed.Key).ShouldBe(Enumerable.Range(0, 20).Select(i => $"hash{499 - (25 * i)}"));
        comparison.McNemar!.Discordant.ShouldBe(20);
        comparison.Difference.Value.ShouldBe(0, 1e-12);
        comparison.P.Value.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_one_sided_change_is_found_by_pairs_that_samples_would_miss()
    {
        KeyedScore[] first = [.. Enumerable.Range(0, 100).Select(i => new KeyedScore($"{i}", i < 50 ? 0 : 1))];
        KeyedScore[] second = [.. first.Select((prompt, i) => i < 10 ? prompt with { Score = 1 } : prompt)];

        var paired = RunComparison.Of(first, second);
        var unpaired = RunComparison.Of(first, [.. second.Select(prompt => prompt with { Key = "other " + prompt.Key })]);

        paired.Difference.Value.ShouldBe(0.10, 1e-12);
        paired.P.Value.ShouldBe(Math.ScaleB(1, -9), 1e-12);
        paired.Interval.Value.Low.ShouldBeGreaterThan(0);
        unpaired.IsPaired.ShouldBeFalse();
        unpaired.Interval.Value.Contains(0).ShouldBeTrue();
        unpaired.Difference.Value.ShouldBe(0.10, 1e-12);
        unpaired.Note.ShouldStartWith("Only 0 of 100 prompts are in both runs");
    }

    [Fact]
    public void Equal_runs_differ_by_nothing_but_not_for_certain()
    {
        KeyedScore[] run = [.. Enumerable.Range(0, 200).Select(i => new KeyedScore($"{i}", i % 3 / 2.0))];

        var comparison = RunComparison.Of(run, run);

        comparison.Changed.ShouldBeEmpty();
        comparison.P.Value.ShouldBe(1);
        comparison.Interval.Value.Low.ShouldBeInRange(-0.05, -0.001);
    }

    [Fact]
    public void A_prompt_that_was_judged_twice_is_one_prompt_with_the_mean_of_both()
    {
        KeyedScore[] first = [new("twice", 0), new("twice", 1), new("once", 1)];
        KeyedScore[] second = [new("once", 1), new("twice", 0), new("twice", 0)];

        var comparison = RunComparison.Of(first, second);

        comparison.Shared.ShouldBe(2);
        comparison.Changed.ShouldBe([new("twice", 0.5, 0)]);
    }

    [Fact]
    public void Four_prompts_answered_fifty_times_each_are_four_prompts()
    {
        KeyedScore[] first = [.. Enumerable.Range(0, 200).Select(row => new KeyedScore($"{row % 4}", 0))];
        KeyedScore[] second = [.. first.Select(prompt => prompt with { Score = 1 })];

        var comparison = RunComparison.Of(first, second);

        comparison.Difference.Value.ShouldBe(1);
        comparison.P.Value.ShouldBe(2 * Math.ScaleB(1, -4), 1e-12);
        comparison.Note.ShouldBe("4 prompts of both runs are compared one by one.");
    }

    [Fact]
    public void Prompts_of_one_run_only_are_left_out_and_counted()
    {
        KeyedScore[] first = [new("x", 0), new("y", 1), new("only first", 1)];
        KeyedScore[] second = [new("x", 1), new("y", 1)];

        RunComparison.Of(first, second).Note.ShouldBe("2 prompts of both runs are compared one by one; 1 that only one run has are left out.");
    }

    [Fact]
    public void A_run_without_scored_prompts_leaves_nothing_to_compare()
    {
        var comparison = RunComparison.Of([], [new("x", 1)]);

        comparison.Difference.WithheldBecause.ShouldBe("the first run has no scored prompts");
        comparison.P.WithheldBecause.ShouldBe("the first run has no decisive prompts");
    }
}
