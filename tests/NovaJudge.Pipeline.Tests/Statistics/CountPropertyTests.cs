using CsCheck;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>What must hold for any counts, from an empty run to a million prompts.</summary>
public sealed class CountPropertyTests
{
    private static readonly Gen<int> Count = Gen.OneOf(Gen.Const(0), Gen.Int[0, 3], Gen.Int[0, 300], Gen.Int[0, 1_000_000]);

    private static readonly Gen<(int A, int B, int Ties)> Verdicts = Gen.Select(Count, Count, Count);

    private static readonly Gen<OutcomeCounts> Outcomes = Gen.Select(Verdicts, Gen.Select(Count, Count, Count, Count)).Select((verdicts, rest) => new OutcomeCounts
    {
        A = verdicts.A,
        B = verdicts.B,
        Tie = verdicts.Ties,
        Inconsistent = rest.Item1,
        Unscored = rest.Item2,
        GenerationFailed = rest.Item3,
        TooLongForJudge = rest.Item4,
    });

    [Fact]
    public void No_figure_of_any_counts_is_ever_not_a_number()
    {
        Outcomes.Sample(
            counts =>
            {
                var wrong = Everything(counts).Where(figure => !double.IsFinite(figure.Value)).Select(figure => $"{figure.Path} = {figure.Value}");
                string.Join(", ", wrong).ShouldBeEmpty();
            },
            iter: 300);
    }

    [Fact]
    public void The_search_for_numbers_looks_into_findings_lists_and_records()
    {
        var planted = NumbersIn.Result("x", new object?[] { Finding.Of(new Interval(0, double.NaN)), Finding.Withheld<double>("of a reason") }).ToArray();
        var whole = Everything(new() { A = 40, B = 60, Tie = 20, Inconsistent = 5, Unscored = 1 }).ToArray();

        planted.ShouldContain(("x[0].High", double.NaN));
        planted.Length.ShouldBe(3);
        whole.Length.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Probabilities_stay_between_0_and_1_and_intervals_in_order()
    {
        Verdicts.Sample(
            v =>
            {
                var decisive = v.A + v.B;
                SignTest.TwoSided(v.B, decisive).ShouldBeInRange(0, 1);
                SignTest.MidP(v.B, decisive).ShouldBeInRange(0, SignTest.TwoSided(v.B, decisive));
                foreach (var interval in ProportionIntervals(v.B, decisive))
                {
                    interval.Low.ShouldBeInRange(0, interval.High);
                    interval.High.ShouldBeInRange(interval.Low, 1);
                }
            },
            iter: 1_000);
    }

    [Fact]
    public void Swapping_A_and_B_mirrors_everything()
    {
        Verdicts.Sample(
            v =>
            {
                WinRates here = WinRates.Of(v.A, v.B, v.Ties), there = WinRates.Of(v.B, v.A, v.Ties);
                Mirrored(here.DecisiveWilson, there.DecisiveWilson);
                Mirrored(here.ScoreWilson, there.ScoreWilson);
                SignTest.TwoSided(v.A, v.A + v.B).ShouldBe(SignTest.TwoSided(v.B, v.A + v.B));
                BetaPosterior belief = BetaPosterior.Of(v.A, v.B), other = BetaPosterior.Of(v.B, v.A);
                belief.ProbabilityBBetter.ShouldBe(1 - other.ProbabilityBBetter, 1e-9);
                belief.LogBayesFactor.ShouldBe(other.LogBayesFactor, 1e-6);
                Mirrored(belief.Credible(), other.Credible());
                Mirrored(BetaBinomialSequence.Of(v.B, v.A + v.B), BetaBinomialSequence.Of(v.A, v.A + v.B));
                foreach (var (first, second) in ProportionIntervals(v.B, v.A + v.B).Zip(ProportionIntervals(v.A, v.A + v.B)))
                {
                    Mirrored(first, second);
                }

                if (ScoreEstimate.FromPrompts(v.A, v.B, v.Ties).TryGet(out var estimate))
                {
                    var swapped = ScoreEstimate.FromPrompts(v.B, v.A, v.Ties).Value;
                    swapped.Score.ShouldBe(1 - estimate.Score, 1e-12);
                    Mirrored(estimate.Interval(), swapped.Interval());
                }
            },
            iter: 500);
    }

    [Fact]
    public void Swapping_A_and_B_mirrors_the_exact_bootstrap_up_to_its_grid()
    {
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[0, 400]).Sample(
            (a, b, ties) =>
            {
                if (ExactBootstrap.Of(a, b, ties).TryGet(out var here))
                {
                    var there = ExactBootstrap.Of(b, a, ties).Value;
                    var step = (ties == 0 ? 1.0 : 0.5) / (a + b + ties) + 1e-9;
                    here.Z0.ShouldBe(-there.Z0, 1e-9);
                    here.Acceleration.ShouldBe(-there.Acceleration, 1e-9);
                    here.Bca.Low.ShouldBe(1 - there.Bca.High, step);
                    here.Percentile.High.ShouldBe(1 - there.Percentile.Low, step);
                }
            },
            iter: 100);
    }

    [Fact]
    public void Swapping_A_and_B_swaps_the_verdict()
    {
        Outcomes.Sample(
            counts =>
            {
                var here = Decision.Of(counts);
                var there = Decision.Of(counts.Swapped());
                there.Reason.ShouldBe(here.Reason);
                there.Verdict.ShouldBe(here.Verdict switch
                {
                    RunVerdict.ABetter => RunVerdict.BBetter,
                    RunVerdict.BBetter => RunVerdict.ABetter,
                    var same => same,
                });
                OutcomeBounds bounds = OutcomeBounds.Of(counts), swapped = OutcomeBounds.Of(counts.Swapped());
                Mirrored(bounds.Score, swapped.Score);
                bounds.VerdictIsRobust.ShouldBe(swapped.VerdictIsRobust);
            },
            iter: 500);
    }

    [Fact]
    public void A_tie_never_changes_the_interval_of_the_decisive_prompts_or_the_sign_test()
    {
        Gen.Select(Verdicts, Count).Sample(
            (v, more) =>
            {
                var without = WinRates.Of(v.A, v.B, v.Ties);
                var with = WinRates.Of(v.A, v.B, checked(v.Ties + more));

                with.DecisiveWilson.ShouldBe(without.DecisiveWilson);
                with.DecisiveRate.ShouldBe(without.DecisiveRate);
                Input(new() { A = v.A, B = v.B, Tie = v.Ties + more }).SignTestP.ShouldBe(Input(new() { A = v.A, B = v.B, Inconsistent = v.Ties }).SignTestP);
            },
            iter: 1_000);
    }

    [Fact]
    public void An_error_never_becomes_a_win()
    {
        Gen.Select(Outcomes, Count, Count, Count).Sample(
            (counts, unscored, failed, tooLong) =>
            {
                var more = counts with
                {
                    Unscored = counts.Unscored + unscored,
                    GenerationFailed = counts.GenerationFailed + failed,
                    TooLongForJudge = counts.TooLongForJudge + tooLong,
                };
                Decision before = Decision.Of(counts), after = Decision.Of(more);

                more.Scored.ShouldBe(counts.Scored);
                DecisionInput input = Input(counts), withErrors = Input(more);
                withErrors.Score.ShouldBe(input.Score);
                withErrors.Interval.ShouldBe(input.Interval);
                withErrors.SignTestP.ShouldBe(input.SignTestP);
                if (after != before)
                {
                    after.ShouldBe(new(RunVerdict.Inconclusive, VerdictReason.TooManyErrors));
                }
            },
            iter: 1_000);
    }

    [Fact]
    public void The_bounds_contain_the_score_of_every_way_the_missing_prompts_could_have_gone()
    {
        Gen.Select(Outcomes, Gen.Double[0, 1]).Sample(
            (counts, share) =>
            {
                var toB = (int)(counts.WithoutVerdict * share);
                var settled = WinRates.Of(counts.A + counts.WithoutVerdict - toB, counts.B + toB, counts.Ties).Score;

                if (settled.TryGet(out var score))
                {
                    OutcomeBounds.Of(counts).Score.Low.ShouldBeLessThanOrEqualTo(score + 1e-12);
                    OutcomeBounds.Of(counts).Score.High.ShouldBeGreaterThanOrEqualTo(score - 1e-12);
                }
            },
            iter: 500);
    }

    private static DecisionInput Input(OutcomeCounts counts) => DecisionInput.From(counts, ScoreEstimate.FromPrompts(counts), new());

    private static void Mirrored(Interval first, Interval second)
    {
        first.Low.ShouldBe(1 - second.High, 1e-9);
        first.High.ShouldBe(1 - second.Low, 1e-9);
    }

    private static Interval[] ProportionIntervals(int k, int n) =>
    [
        WilsonInterval.Of(k, n), WilsonInterval.ContinuityCorrected(k, n), ClopperPearsonInterval.Of(k, n),
        JeffreysInterval.Of(k, n), AgrestiCoullInterval.Of(k, n), WaldInterval.Of(k, n),
    ];

    private static IEnumerable<(string Path, double Value)> Everything(OutcomeCounts c)
    {
        var estimate = ScoreEstimate.FromPrompts(c);
        var fresh = FreshRegression.Against(c.B, c.Decisive);
        object?[] results =
        [
            c, WinRates.Of(c.A, c.B, c.Ties), ProportionIntervals(c.B, c.Decisive), SignTest.TwoSided(c.B, c.Decisive), SignTest.MidP(c.B, c.Decisive),
            BetaPosterior.Of(c.A, c.B), BetaPosterior.Of(c.A, c.B).Credible(), BetaComparison.ProbabilitySecondBetter(c.A, c.Decisive, c.B, c.Decisive),
            ExactBootstrap.Of(c.A, c.B, c.Ties), McNemarTest.Of(c.Tie, c.A, c.B, c.Inconsistent), McNemarTest.Of(c.Tie, c.A, c.B, c.Inconsistent).PChiSquareCorrected,
            UnpairedDifference.Of(c.B, c.Decisive, c.Tie, c.Ties), ExactTest.TwoSided(c.B, c.Decisive, 0.3), AlpacaEvalRate.Of(c.A, c.B, c.Ties),
            estimate, estimate.Then(value => value.Interval()), ScoreEstimate.FromPasses(c.A, c.B, c.Ties).Then(value => value.Interval()),
            Decision.Of(c), OutcomeBounds.Of(c), FailuresLose.Of(c, 0, 0), PromptPlan.Of(c), ReplayRegression.Check(c, 3), fresh,
            fresh.TryGet(out var monitor) ? monitor.Add(c.A, c.Decisive) : null,
            BetaBinomialSequence.Of(c.B, c.Decisive), BetaBinomialSequence.E(c.B, c.Decisive), BetaBinomialSequence.AnytimeP(c.B, c.Decisive),
            SliceHeterogeneity.Of([(c.A, c.B), (c.B, c.Tie), (c.Tie, c.Inconsistent)]), SliceRates.Of([new("x", c.A, c.B, c.Tie), new("y", c.B, c.A, 0)]),
            PositionSwap.Of([[c.A, c.Tie, 0], [c.Inconsistent, c.B, 1], [0, c.Unscored, 0]]),
            PositionSwap.Of([[c.A, 0, 0], [0, c.B, 0], [0, 0, c.Tie]]).Then(swap => (object)swap.FlipP),
            RaterAgreement.Of([[c.A, c.Tie], [c.Inconsistent, c.B]]), FleissKappa.Of([[c.A, c.B], [c.B, c.A]]),
            BradleyTerry.Of([[0, c.A, c.Tie], [c.B, 0, 1], [1, c.Inconsistent, 0]]),
        ];
        return results.SelectMany((result, i) => NumbersIn.Result($"{result?.GetType().Name ?? "nothing"} ({i})", result));
    }
}
