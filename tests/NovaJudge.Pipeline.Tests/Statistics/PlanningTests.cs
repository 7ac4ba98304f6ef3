using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class PlanningTests
{
    [Fact]
    public void A_new_run_is_planned_as_if_every_prompt_were_decisive()
    {
        var plan = PromptPlan.Of(new());

        plan.Prompts.Value.ShouldBe(783);
        plan.MorePrompts.Value.ShouldBe(783);
        plan.SmallestDetectable.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void Ties_and_clusters_multiply_the_prompts_and_those_judged_are_subtracted()
    {
        var plan = PromptPlan.Of(new() { A = 30, B = 50, Tie = 100, Inconsistent = 20 }, designEffect: 1.5);

        plan.Prompts.Value.ShouldBe((int)Math.Ceiling(783 / 0.4 * 1.5));
        plan.MorePrompts.Value.ShouldBe(plan.Prompts.Value - 200);
        plan.MorePromptsAtObservedEffect.Value.ShouldBeLessThan(plan.MorePrompts.Value);
    }

    [Fact]
    public void Enough_prompts_need_no_more()
    {
        PromptPlan.Of(new() { A = 500, B = 500 }).MorePrompts.Value.ShouldBe(0);
    }

    [Fact]
    public void A_run_of_ties_cannot_say_how_many_prompts_would_decide()
    {
        var plan = PromptPlan.Of(new() { Tie = 40 });

        plan.MorePrompts.WithheldBecause.ShouldBe("no prompt was decisive so far, so any number might not be enough");
        plan.MorePromptsAtObservedEffect.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void An_observed_effect_of_nothing_cannot_be_detected()
    {
        PromptPlan.Of(new() { A = 20, B = 20 }).MorePromptsAtObservedEffect.WithheldBecause
            .ShouldBe("no number of prompts can tell two equal win rates apart");
    }

    [Fact]
    public void Six_prompts_can_only_show_a_model_that_nearly_always_wins()
    {
        PromptPlan.Of(new() { A = 2, B = 4 }).SmallestDetectable.Value.ShouldBe(0.9635, 0.0001);
        PromptPlan.Of(new() { A = 2, B = 3 }).SmallestDetectable.WithheldBecause
            .ShouldBe("with 5 decisive prompts the sign test never reaches p < 0.05, even if all agree");
    }

    [Theory]
    [InlineData(100, 0.4)]
    [InlineData(37, 0.5)]
    [InlineData(1_000, 0.73)]
    public void The_rejection_region_is_exactly_where_the_test_rejects(int n, double p0)
    {
        var (low, high) = ExactTest.Rejection(n, p0, 0.05);

        for (var k = 0; k <= n; k++)
        {
            (ExactTest.TwoSided(k, n, p0) <= 0.05).ShouldBe(k <= low || k >= high, $"k = {k}");
        }
    }

    [Fact]
    public void The_exact_test_at_one_half_is_the_sign_test()
    {
        for (var k = 0; k <= 51; k++)
        {
            ExactTest.TwoSided(k, 51, 0.5).ShouldBe(SignTest.TwoSided(k, 51), 1e-13);
        }
    }

    [Fact]
    public void Failures_can_be_read_as_losses_of_the_model_that_failed()
    {
        var counts = new OutcomeCounts { A = 40, B = 40, Tie = 10, Unscored = 1, GenerationFailed = 9 };

        var reading = FailuresLose.Of(counts, failedByA: 6, failedByB: 2);

        reading.Counts.ShouldBe(new OutcomeCounts { A = 42, B = 46, Tie = 11, Unscored = 1 });
        reading.Score.Value.ShouldBe(51.5 / 99, 1e-12);
    }

    [Fact]
    public void More_failures_by_side_than_failures_are_refused()
    {
        Should.Throw<ArgumentException>(() => FailuresLose.Of(new() { GenerationFailed = 3 }, 2, 2))
            .Message.ShouldBe("2 failures of A and 2 of B exceed the 3 prompts with failed generations.");
    }

    [Fact]
    public void Bounds_say_when_missing_verdicts_could_change_the_outcome()
    {
        OutcomeBounds robust = OutcomeBounds.Of(new() { A = 50, B = 150, Unscored = 5 });
        OutcomeBounds fragile = OutcomeBounds.Of(new() { A = 90, B = 120, Unscored = 8, TooLongForJudge = 2 });

        robust.VerdictIsRobust.ShouldBeTrue();
        robust.Score.ShouldBe(new(150 / 205.0, 155 / 205.0));
        fragile.VerdictIsRobust.ShouldBeFalse();
        fragile.IfAllToB.Verdict.ShouldBe(RunVerdict.BBetter);
        OutcomeBounds.Of(new()).Score.ShouldBe(Interval.Unit);
    }
}
