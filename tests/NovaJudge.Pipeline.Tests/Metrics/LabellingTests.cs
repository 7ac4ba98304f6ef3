using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;

namespace NovaJudge.Pipeline.Tests.Metrics;

public sealed class LabellingTests
{
    [Fact]
    public void Inconsistent_prompts_are_chosen_three_times_as_often_and_every_outcome_is_seen()
    {
        var plan = LabelPlan.Of(Verdicts(a: 300, b: 300, tie: 3, inconsistent: 100), 60, seed: 1);

        var chosen = plan.CountBy(item => item.Id[0]).ToDictionary();
        plan.Count.ShouldBe(60);
        chosen['i'].ShouldBeInRange(18, 21);
        chosen['a'].ShouldBeInRange(17, 21);
        chosen['t'].ShouldBe(2);
        plan.Count(item => item.Swapped).ShouldBeInRange(15, 45);
    }

    [Fact]
    public void A_longer_plan_holds_the_shorter_one_so_that_labelling_goes_on()
    {
        var verdicts = Verdicts(a: 50, b: 70, tie: 10, inconsistent: 20);

        var shorter = LabelPlan.Of(verdicts, 20, seed: 5);
        var longer = LabelPlan.Of(verdicts, 40, seed: 5);

        shorter.Except(longer).ShouldBeEmpty();
        LabelPlan.Of(verdicts, 20, seed: 5).ShouldBe(shorter);
        LabelPlan.Of(verdicts, 20, seed: 6).ShouldNotBe(shorter);
        LabelPlan.Of(verdicts, 1000, seed: 5).Count.ShouldBe(150);
    }

    [Fact]
    public void Prompts_without_a_verdict_are_never_chosen() =>
        LabelPlan.Of([new VerdictRow("x", null, null, PromptOutcome.GenerationFailed), new VerdictRow("y", null, null, PromptOutcome.Unscored)], 5, 1).ShouldBeEmpty();

    [Fact]
    public void People_who_agree_with_the_judge_leave_its_score_alone()
    {
        var verdicts = Verdicts(a: 40, b: 60, tie: 20, inconsistent: 10);
        var labels = LabelPlan.Of(verdicts, 60, seed: 1).Select(item => new LabelRow(item.Id, item.Id[0] switch { 'a' => PassVerdict.A, 'b' => PassVerdict.B, _ => PassVerdict.Tie })).ToList();

        var calibration = Calibration.Of(verdicts, labels);

        calibration.Corrected.Value.Estimate.ShouldBe(calibration.JudgeScore, 1e-9);
        calibration.Agreement.Value.Kappa.Value.ShouldBe(1, 1e-9);
        calibration.Unlabelled.ShouldBeEmpty();
    }

    [Fact]
    public void A_judge_that_favours_B_is_corrected_without_bias_although_the_choice_was_not_even()
    {
        // People would score B at 40%; the judge sees 62.5%, and its inconsistent prompts are A's in truth.
        var verdicts = Verdicts(a: 200, b: 400, tie: 0, inconsistent: 200);
        var estimates = Enumerable.Range(0, 300).Select(seed =>
        {
            var labels = LabelPlan.Of(verdicts, 80, seed).Select(item => new LabelRow(item.Id, Truth(item.Id))).ToList();
            return Calibration.Of(verdicts, labels).Corrected.Value;
        }).ToList();

        var truth = verdicts.Average(verdict => Truth(verdict.Id) == PassVerdict.B ? 1.0 : 0);
        estimates.Average(estimate => estimate.Estimate).ShouldBe(truth, 0.01);
        estimates.Count(estimate => estimate.Interval().Contains(truth)).ShouldBeGreaterThan(276);

        static PassVerdict Truth(string id) => id[0] == 'b' && int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture) % 5 < 4 ? PassVerdict.B : PassVerdict.A;
    }

    [Fact]
    public void Labels_of_strangers_and_broken_lines_are_refused_with_their_place()
    {
        Should.Throw<PipelineException>(() => Calibration.Of(Verdicts(a: 3, b: 3, tie: 0, inconsistent: 0), [new LabelRow("stranger", PassVerdict.A)])).Message.ShouldContain("stranger");
        Should.Throw<PipelineException>(() => LabelFiles.Parse("labels.jsonl", ["{\"id\":\"q1\",\"label\":\"a\"}", "{\"id\":\"q2\",\"label\":\"best\"}"])).Message.ShouldStartWith("labels.jsonl, line 2");
    }

    private static List<VerdictRow> Verdicts(int a, int b, int tie, int inconsistent) =>
    [
        .. Enumerable.Range(0, a).Select(at => new VerdictRow($"a{at}", PassVerdict.A, PassVerdict.A, PromptOutcome.A)),
        .. Enumerable.Range(0, b).Select(at => new VerdictRow($"b{at}", PassVerdict.B, PassVerdict.B, PromptOutcome.B)),
        .. Enumerable.Range(0, tie).Select(at => new VerdictRow($"t{at}", PassVerdict.Tie, PassVerdict.Tie, PromptOutcome.Tie)),
        .. Enumerable.Range(0, inconsistent).Select(at => new VerdictRow($"i{at}", PassVerdict.A, PassVerdict.B, PromptOutcome.Inconsistent)),
    ];
}
