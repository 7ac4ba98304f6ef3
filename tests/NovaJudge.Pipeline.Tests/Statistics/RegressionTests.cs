using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class RegressionTests
{
    [Fact]
    public void The_levels_of_all_looks_add_up_to_alpha()
    {
        var spent = Enumerable.Range(1, 1_000_000).Sum(look => ReplayRegression.LevelAt(look, 0.05));

        spent.ShouldBe(0.05, 1e-6);
        ReplayRegression.LevelAt(1, 0.05).ShouldBe(0.0304, 0.0001);
    }

    [Fact]
    public void A_clear_fall_on_repeated_prompts_is_a_regression()
    {
        var check = ReplayRegression.Check(new() { A = 40, B = 15, Tie = 45 }, look: 1);

        check.State.ShouldBe(RegressionState.Regression);
        check.P!.Value.ShouldBeLessThan(check.Level!.Value);
    }

    [Fact]
    public void A_fall_within_the_margin_is_no_regression_however_sure()
    {
        var check = ReplayRegression.Check(new() { A = 60_000, B = 40_000, Tie = 900_000 }, look: 1, margin: 0.05);

        check.State.ShouldBe(RegressionState.NoRegression);
        check.P!.Value.ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void The_same_evidence_weighs_less_the_more_often_one_has_looked()
    {
        var today = new OutcomeCounts { A = 65, B = 35 };

        ReplayRegression.Check(today, look: 1).State.ShouldBe(RegressionState.Regression);
        ReplayRegression.Check(today, look: 10).State.ShouldBe(RegressionState.NoRegression);
    }

    [Fact]
    public void Prompts_that_repeat_each_other_count_as_fewer()
    {
        var today = new OutcomeCounts { A = 65, B = 35 };

        ReplayRegression.Check(today, look: 1, designEffect: 4).State.ShouldBe(RegressionState.NoRegression);
    }

    [Fact]
    public void A_better_model_is_no_regression()
    {
        ReplayRegression.Check(new() { B = 100 }, look: 1).State.ShouldBe(RegressionState.NoRegression);
    }

    [Fact]
    public void Nothing_scored_is_not_checked_and_never_passed()
    {
        ReplayRegression.Check(new() { Unscored = 50 }, look: 1).State.ShouldBe(RegressionState.NotChecked);
    }

    [Fact]
    public void The_limit_for_fresh_prompts_is_the_margin_or_what_the_baseline_can_vouch_for()
    {
        FreshRegression.P0From(5_800, 10_000).Value.ShouldBe(0.53, 1e-12);
        FreshRegression.P0From(58, 100).Value.ShouldBe(ClopperPearsonInterval.Of(58, 100).Low);
        FreshRegression.P0From(0, 100).IsKnown.ShouldBeFalse();
        FreshRegression.P0From(0, 0).WithheldBecause.ShouldBe("the baseline has no decisive prompts");
    }

    [Fact]
    public void An_alarm_stays_until_the_monitor_is_replaced()
    {
        var monitor = new FreshRegression(p0: 0.5);

        monitor.Add(10, 100).State.ShouldBe(RegressionState.Regression);
        monitor.Add(90, 100).State.ShouldBe(RegressionState.Regression);
        monitor.Look.ShouldBe(2);
    }

    [Fact]
    public void The_evidence_of_one_look_equals_its_integral()
    {
        // The mean over rates below p0 of (p/p0)^k (q/q0)^(n-k), by the midpoint rule.
        const int Steps = 200_000;
        double sum = 0, p0 = 0.53;
        for (var i = 0; i < Steps; i++)
        {
            var p = (i + 0.5) / Steps * p0;
            sum += Math.Exp((38 * Math.Log(p / p0)) + (62 * Math.Log((1 - p) / (1 - p0)))) / Steps;
        }

        // Half the weight is on a fall that began at the first look, the rest is still unspent.
        var monitor = new FreshRegression(p0);
        monitor.Add(38, 100);

        (1 / monitor.AnytimeP).ShouldBe((sum / 2) + 0.5, 1e-6 * sum);
    }

    [Fact]
    public void An_empty_look_changes_nothing()
    {
        var monitor = new FreshRegression(p0: 0.5);

        monitor.Add(0, 0).P.ShouldBe(1);
    }
}
