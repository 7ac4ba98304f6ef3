using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Metrics;

public sealed class BaselineCheckTests
{
    private const string Replay = """{"modelA":{"model":"run:base/b"}}""";
    private readonly JudgedStore _store = new();

    [Fact]
    public async Task Without_a_baseline_nothing_is_checked_and_the_gate_does_not_pass()
    {
        var metrics = await _store.RunAsync("run", Good);

        metrics.Regression!.State.ShouldBe(RegressionState.NotChecked);
        metrics.Regression.Because.ShouldContain("nova baseline set run");
        metrics.Gate.Status.ShouldBe(GateStatus.NotChecked);
    }

    [Fact]
    public async Task The_baseline_itself_and_a_request_that_wants_none_are_not_checked()
    {
        await PinnedAsync();

        var again = await _store.RunAsync("base", Good);
        var none = await _store.RunAsync("none", Good, """{"analysis":{"baseline":"none"}}""", day: 2);

        again.Regression!.Because.ShouldBe("This run is the baseline itself.");
        none.Regression!.State.ShouldBe(RegressionState.NotChecked);
    }

    [Fact]
    public async Task Equal_runs_on_the_same_prompts_pass_and_each_look_is_counted_with_its_level()
    {
        await PinnedAsync();

        var first = await _store.RunAsync("run-1", Good, day: 2);
        var second = await _store.RunAsync("run-2", Good, day: 3);
        var secondAgain = await _store.RunAsync("run-2", Good, day: 3);

        first.Regression!.ShouldSatisfyAllConditions(
            check => check.Mode.ShouldBe(RegressionMode.Repeated),
            check => check.State.ShouldBe(RegressionState.NoRegression),
            check => check.Look.ShouldBe(1),
            check => check.Level!.Value.ShouldBe(6 * 0.05 / (Math.PI * Math.PI), 1e-12));
        second.Regression!.Look.ShouldBe(2);
        second.Regression.Level!.Value.ShouldBe(6 * 0.05 / (4 * Math.PI * Math.PI), 1e-12);
        secondAgain.Regression.ShouldBe(second.Regression);
        first.Gate.Status.ShouldBe(GateStatus.Passed);
    }

    [Fact]
    public async Task A_fall_on_the_same_prompts_fails_the_gate()
    {
        await PinnedAsync();

        var metrics = await _store.RunAsync("run", JudgedStore.Of((58, Judged.A), (42, Judged.B)), day: 2);

        metrics.Regression!.State.ShouldBe(RegressionState.Regression);
        metrics.Gate.Status.ShouldBe(GateStatus.Failed);
        metrics.Gate.Checks.Single(check => check.Name == "regression").Message.ShouldContain("0 went better for B and 16 worse");
    }

    [Fact]
    public async Task A_fall_within_the_margin_is_no_regression_however_certain()
    {
        await PinnedAsync();

        var metrics = await _store.RunAsync("run", JudgedStore.Of((42, Judged.A), (8, Judged.Tie), (50, Judged.B)), day: 2);

        metrics.Regression!.P!.Value.ShouldBeLessThan(metrics.Regression.Level!.Value);
        metrics.Regression.State.ShouldBe(RegressionState.NoRegression);
    }

    [Fact]
    public async Task A_replay_of_the_baselines_own_answers_is_judged_side_by_side()
    {
        await PinnedAsync();

        var same = await _store.RunAsync("same", JudgedStore.Of((5, Judged.A), (5, Judged.B), (90, Judged.Tie)), Replay, day: 2);
        var worse = await _store.RunAsync("worse", JudgedStore.Of((40, Judged.A), (10, Judged.B), (50, Judged.Tie)), Replay, day: 3);

        same.Regression!.Mode.ShouldBe(RegressionMode.Replay);
        same.Gate.Status.ShouldBe(GateStatus.Passed);
        worse.Regression!.State.ShouldBe(RegressionState.Regression);
        worse.Regression.Look.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_judge_starts_the_looks_of_a_replay_again_and_makes_other_runs_incomparable()
    {
        await PinnedAsync();
        await _store.RunAsync("look", JudgedStore.Of((5, Judged.A), (5, Judged.B)), Replay, day: 2);

        var replayed = await _store.RunAsync("replayed", JudgedStore.Of((5, Judged.A), (5, Judged.B)), """{"modelA":{"model":"run:base/b"},"judge":{"kind":"nova-rubric"}}""", day: 3);
        var compared = await _store.RunAsync("compared", Good, """{"judge":{"kind":"nova-rubric"}}""", day: 4);
        var template = await _store.RunAsync("template", Good, """{"dataset":{"promptTemplate":"{question}"}}""", day: 5);

        replayed.Regression!.Look.ShouldBe(1);
        compared.Regression!.State.ShouldBe(RegressionState.NotChecked);
        compared.Regression.Because.ShouldContain("the judge (nova, then nova-rubric)");
        template.Regression!.Because.ShouldContain("the prompt template");
    }

    [Fact]
    public async Task Pinning_again_starts_the_looks_again()
    {
        await PinnedAsync();
        await _store.RunAsync("look", Good, day: 2);
        await _store.Memory.PinBaselineAsync(RunId.Parse("base"), DateTimeOffset.UnixEpoch.AddDays(1), TestContext.Current.CancellationToken);

        var metrics = await _store.RunAsync("after", Good, day: 3);

        metrics.Regression!.Look.ShouldBe(1);
    }

    [Fact]
    public async Task Fresh_prompts_are_pooled_over_the_looks_until_a_fall_is_certain()
    {
        await _store.RunAsync("base", JudgedStore.Of((210, Judged.A), (290, Judged.B)));
        await _store.PinAsync("base");

        var looks = new List<RegressionMetrics>();
        for (var week = 1; week <= 8; week++)
        {
            looks.Add((await _store.RunAsync($"week-{week}", Fresh(week, a: 58, b: 42), day: week + 1)).Regression!);
        }

        looks.ShouldAllBe(look => look.Mode == RegressionMode.Fresh);
        looks.Select(look => look.Look).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        looks[0].Wins.ShouldBe(42);
        looks[0].Decisive.ShouldBe(100);
        looks[0].State.ShouldBe(RegressionState.NoRegression);
        looks[^1].State.ShouldBe(RegressionState.Regression);
    }

    [Fact]
    public async Task Prompts_that_an_earlier_look_has_seen_are_not_counted_again()
    {
        await _store.RunAsync("base", JudgedStore.Of((210, Judged.A), (290, Judged.B)));
        await _store.PinAsync("base");
        await _store.RunAsync("week-1", Fresh(1, a: 42, b: 58), day: 2);

        var mixed = await _store.RunAsync("week-2", [.. Fresh(1, a: 42, b: 58), .. Fresh(2, a: 4, b: 6)], day: 3);
        var seen = await _store.RunAsync("week-3", Fresh(1, a: 42, b: 58), day: 4);

        mixed.Regression!.Decisive.ShouldBe(10);
        mixed.Regression.Wins.ShouldBe(6);
        seen.Regression!.State.ShouldBe(RegressionState.NotChecked);
    }

    [Fact]
    public async Task A_baseline_named_by_its_run_needs_no_pin()
    {
        await _store.RunAsync("base", Good);

        var metrics = await _store.RunAsync("run", Good, """{"analysis":{"baseline":"base"}}""", day: 2);
        var missing = await _store.RunAsync("other", Good, """{"analysis":{"baseline":"gone"}}""", day: 3);

        metrics.Regression!.State.ShouldBe(RegressionState.NoRegression);
        metrics.Regression.Baseline!.Value.Value.ShouldBe("base");
        missing.Regression!.Because.ShouldBe("The baseline run gone has no result in this store.");
    }

    /// <summary>58 of 100 prompts won.</summary>
    private static IReadOnlyList<Judged> Good => JudgedStore.Of((42, Judged.A), (58, Judged.B));

    private static IReadOnlyList<Judged> Fresh(int week, int a, int b) =>
        [.. JudgedStore.Of((a, Judged.A), (b, Judged.B)).Select((prompt, at) => prompt with { Text = $"Week {week}, question {at}?" })];

    private async Task PinnedAsync()
    {
        await _store.RunAsync("base", Good);
        await _store.PinAsync("base");
    }
}
