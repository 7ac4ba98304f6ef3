using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class CalibrationTests(ITestOutputHelper output)
{
    [Fact]
    public void Oversampling_some_prompts_neither_biases_the_corrected_score_nor_breaks_its_interval()
    {
        var random = new Random(31);
        int covered = 0, naiveCovered = 0;
        const int Runs = 2_000;
        for (var run = 0; run < Runs; run++)
        {
            var (judge, truth) = Verdicts(random, 500);
            var labelled = new List<int>();
            var chosenWith = new List<double>();
            for (var i = 0; i < judge.Length; i++)
            {
                var probability = judge[i] == 0.5 ? 0.4 : 0.1;
                if (random.NextDouble() < probability)
                {
                    labelled.Add(i);
                    chosenWith.Add(probability);
                }
            }

            double[] labels = [.. labelled.Select(i => truth[i])];
            var corrected = CalibratedScore.Of(judge, [.. labelled], labels, [.. chosenWith]).Value;
            var naive = PredictionPowered.Of(judge, [.. labelled], labels).Value;
            covered += corrected.Interval().Contains(TrueScore) ? 1 : 0;
            naiveCovered += naive.Interval().Contains(TrueScore) ? 1 : 0;
        }

        output.WriteLine($"95% intervals cover the true score in {100.0 * covered / Runs:0.0}% of runs; without the weights in {100.0 * naiveCovered / Runs:0.0}%");
        ((double)covered / Runs).ShouldBeInRange(0.93, 0.97);
        ((double)naiveCovered / Runs).ShouldBeLessThan(0.90);
    }

    [Fact]
    public void Thirty_labels_that_all_agree_do_not_prove_a_judge_without_fault()
    {
        double[] judge = [.. Enumerable.Range(0, 500).Select(i => i % 2)];
        int[] labelled = [.. Enumerable.Range(0, 30)];

        var interval = CalibratedScore.Of(judge, labelled, [.. labelled.Select(i => judge[i])], [.. labelled.Select(_ => 0.06)]).Value.Interval();

        // Thirty times right leaves one error in ten possible (3/n), and each might have gone the same way.
        interval.Low.ShouldBeInRange(0.38, 0.42);
        interval.High.ShouldBeInRange(0.58, 0.62);
    }

    [Fact]
    public void A_judge_that_seldom_errs_and_always_to_one_side_is_covered_although_few_labels_see_it()
    {
        var random = new Random(7);
        const int Runs = 2_000;
        var covered = 0;
        for (var run = 0; run < Runs; run++)
        {
            double[] truth = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0.0)];
            double[] judge = [.. truth.Select(score => score == 0 && random.NextDouble() < 0.14 ? 1.0 : score)];
            int[] labelled = [.. Enumerable.Range(0, 500).OrderBy(_ => random.Next()).Take(30)];
            var corrected = CalibratedScore.Of(judge, labelled, [.. labelled.Select(i => truth[i])], [.. labelled.Select(_ => 0.06)]).Value;
            covered += corrected.Interval().Contains(0.5) ? 1 : 0;
        }

        output.WriteLine($"95% intervals cover the true score in {100.0 * covered / Runs:0.0}% of runs");
        ((double)covered / Runs).ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void Labels_that_agree_with_the_judge_leave_its_score()
    {
        double[] judge = [1, 0, 1, 1, 0.5, 0, 1, 1];

        var corrected = CalibratedScore.Of(judge, [0, 1, 4, 6], [1, 0, 0.5, 1], [0.5, 0.5, 1, 0.5]).Value;

        corrected.Lambda.ShouldBe(1, 1e-12);
        corrected.Estimate.ShouldBe(5.5 / 8, 1e-12);
        corrected.EffectiveLabels.ShouldBe(49.0 / 13, 1e-12);
    }

    [Fact]
    public void Equal_weights_give_the_plain_kappa()
    {
        int[] first = [0, 0, 1, 1, 2, 2, 0, 1], second = [0, 1, 1, 1, 2, 0, 0, 1];
        var plain = RaterAgreement.Of([[2, 1, 0], [0, 3, 0], [1, 0, 1]]).Value;

        var weighted = RaterAgreement.OfWeighted(first, second, Enumerable.Repeat(3.0, 8).ToArray(), 3).Value;

        weighted.Kappa.Value.ShouldBe(plain.Kappa.Value, 1e-12);
        weighted.StandardError.Value.ShouldBe(plain.StandardError.Value, 1e-12);
        RaterAgreement.OfWeighted([], [], [], 3).WithheldBecause.ShouldBe("no item was rated twice");
    }

    private const double TrueScore = (0.2 * 0.9) + (0.5 * 0.8) + (0.3 * 0.1);

    /// <summary>B truly wins 90% of the judge's ties, 80% of its wins and 10% of its losses.</summary>
    private static (double[] Judge, double[] Truth) Verdicts(Random random, int n)
    {
        double[] judge = new double[n], truth = new double[n];
        for (var i = 0; i < n; i++)
        {
            judge[i] = random.NextDouble() switch { < 0.2 => 0.5, < 0.7 => 1, _ => 0 };
            truth[i] = random.NextDouble() < (judge[i] == 0.5 ? 0.9 : judge[i] == 1 ? 0.8 : 0.1) ? 1 : 0;
        }

        return (judge, truth);
    }
}
