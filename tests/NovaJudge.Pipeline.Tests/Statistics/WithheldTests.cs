using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Where the data cannot give a figure, the reason takes its place.</summary>
public sealed class WithheldTests
{
    [Fact]
    public void A_withheld_figure_keeps_its_reason_through_what_is_made_of_it()
    {
        var finding = Finding.Withheld<double>("nobody looked").Then(value => value + 1);

        finding.IsKnown.ShouldBeFalse();
        finding.TryGet(out _).ShouldBeFalse();
        finding.ToString().ShouldBe("withheld because nobody looked");
        Should.Throw<InvalidOperationException>(() => finding.Value).Message.ShouldBe("Withheld because nobody looked.");
        default(Finding<double>).WithheldBecause.ShouldBe("it was never computed");
    }

    [Fact]
    public void An_empty_run_has_no_rates_but_still_the_widest_intervals()
    {
        var rates = WinRates.Of(0, 0, 0);

        rates.Score.WithheldBecause.ShouldBe("no prompt was scored");
        rates.DecisiveRate.WithheldBecause.ShouldBe("no prompt was decisive");
        rates.ScoreWilson.ShouldBe(Interval.Unit);
        SignTest.TwoSided(0, 0).ShouldBe(1);
    }

    [Fact]
    public void Fewer_than_ten_clusters_are_too_few_to_report()
    {
        double[] scores = [1, 0, 1, 1, 0, 0.5];

        var mean = ClusterRobust.Of(scores, ["x", "x", "y", "y", "z", "z"]).Value;

        mean.ReportedInterval().WithheldBecause.ShouldBe("there are 3 clusters, and below 10 their standard error cannot be trusted");
        ClusterRobust.Of(scores, ["x", "x", "x", "x", "x", "x"]).WithheldBecause
            .ShouldBe("a spread between clusters needs at least two, and there is one");
        ClusterRobust.Of([], []).WithheldBecause.ShouldBe("a spread between clusters needs at least two, and there are none");
    }

    [Fact]
    public void A_prompt_without_a_cluster_is_one_of_its_own()
    {
        var labels = ClusterLabels.Of(["x", null, "x", null]);

        labels.Ordinals.ToArray().ShouldBe([0, 1, 0, 2]);
        labels.Names.ShouldBe(["x", "row 1", "row 3"]);
    }

    [Fact]
    public void Clusters_that_do_not_differ_say_nothing_of_uncertainty()
    {
        var scores = Enumerable.Repeat(0.5, 40).ToArray();
        var clusters = Enumerable.Range(0, 40).Select(i => $"{i % 20}").ToArray();

        var mean = ClusterRobust.Of(scores, clusters).Value;

        mean.ReportedInterval().IsKnown.ShouldBeFalse();
        mean.DesignEffect.WithheldBecause.ShouldBe("all scores are equal");
        mean.IntraclassCorrelation.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void The_bootstrap_of_identical_verdicts_is_withheld()
    {
        ExactBootstrap.Of(0, 12, 0).WithheldBecause.ShouldBe("all verdicts are alike, so resampling them cannot vary");
        BcaInterval.FromReplicates([1, 2, 3], [4, 5, 6]).WithheldBecause.ShouldBe("every bootstrap replicate lies on one side of the estimate");
    }

    [Fact]
    public void Length_control_says_why_it_has_no_answer()
    {
        double[] scores = [1, 0, 1, 0.5];

        LengthControl.Of([1, 2, 3, 4], [5, 6, 7, 8], scores).WithheldBecause.ShouldBe("all differences of length are equal, so length explains nothing");
        LengthControl.Of([1, 2, 3, 4], [9, 2, 1, 5], [1, 1, 1, 1]).WithheldBecause.ShouldBe("one model won every prompt, whatever the lengths");
        LengthControl.Of([9, 9, 0, 0], [0, 1, 9, 8], [0, 0, 1, 1], ridge: 0).WithheldBecause
            .ShouldBe("length separates the winners completely; a ridge penalty would give an answer");
        LengthControl.Of([], [], []).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_ridge_gives_length_control_an_answer_where_length_decides_everything()
    {
        var fit = LengthControl.Of([9, 9, 0, 0], [0, 1, 9, 8], [0, 0, 1, 1]).Value;

        fit.LengthEffect.ShouldBeInRange(1, 20);
        fit.WinRate.ShouldBeInRange(0.3, 0.7);
        fit.PrefersLonger.Value.ShouldBe(1);
    }

    [Fact]
    public void Length_control_warns_when_it_moves_the_rate_far()
    {
        var random = new Random(3);
        var lengths = Enumerable.Range(0, 400).Select(_ => 100.0 + random.Next(200)).ToArray();
        var zero = new double[400];
        double[] longWins = [.. lengths.Select(length => random.NextDouble() < (length > 200 ? 0.95 : 0.55) ? 1.0 : 0.0)];

        var fit = LengthControl.Of(zero, lengths, longWins).Value;

        fit.RawWinRate.ShouldBeGreaterThan(0.7);
        fit.MovesFar.ShouldBeTrue();
    }

    [Fact]
    public void Raters_who_know_one_category_only_cannot_agree_beyond_chance()
    {
        var agreement = RaterAgreement.Of([[40, 0], [0, 0]]).Value;

        agreement.Observed.ShouldBe(1);
        agreement.Kappa.IsKnown.ShouldBeFalse();
        agreement.KappaInterval().IsKnown.ShouldBeFalse();
        agreement.GwetAc1.Value.ShouldBe(1);
        RaterAgreement.Of([[0, 0], [0, 0]]).WithheldBecause.ShouldBe("no item was rated twice");
        FleissKappa.Of([[3, 0], [2, 0]]).IsKnown.ShouldBeFalse();
        KrippendorffAlpha.Of([[1, 1, null], [1, 1, 2]], RatingScale.Nominal).WithheldBecause.ShouldBe("all ratings are equal, so no disagreement was possible");
        KrippendorffAlpha.Of([], RatingScale.Nominal).WithheldBecause.ShouldBe("no item was rated twice");
    }

    [Fact]
    public void Labels_too_few_or_too_poor_to_correct_a_judge_are_refused()
    {
        PredictionPowered.Of([1, 0, 1], [0], [1]).WithheldBecause
            .ShouldBe("the correction needs two labelled and two unlabelled prompts, and there are 1 and 2");
        RoganGladen.Of([true, false, true], [0, 2], [true, true]).WithheldBecause.ShouldBe("the labels need both classes, and hold 2 yes and 0 no");
        RoganGladen.Of([true, false, true], [0, 1], [false, true]).WithheldBecause.ShouldBe("the judge agrees with the labels no better than chance");
        Should.Throw<ArgumentException>(() => PredictionPowered.Of([1, 0, 1, 0, 1], [0, 0], [1, 1])).Message.ShouldStartWith("Prompt 0 is labelled twice.");
    }

    [Fact]
    public void A_constant_judge_leaves_the_labels_alone()
    {
        var powered = PredictionPowered.Of([1, 1, 1, 1, 1, 1], [0, 1, 2, 3], [1, 0, 1, 1]).Value;

        powered.Lambda.ShouldBe(0);
        powered.Estimate.ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void Models_that_never_met_have_no_common_scale()
    {
        BradleyTerry.Of([[0, 5, 0, 0], [3, 0, 0, 0], [0, 0, 0, 2], [0, 0, 2, 0]]).IsKnown.ShouldBeFalse();
        BradleyTerry.Of([[0, 5], [0, 0]]).IsKnown.ShouldBeFalse();
        BradleyTerry.Of([[0, 1], [1_000_000, 0]]).Value.WinProbability(1, 0).ShouldBe(1_000_000 / 1_000_001.0, 1e-12);
    }

    [Fact]
    public void The_containers_interval_is_explained_or_said_to_be_unexplained()
    {
        NovaIntervalHypothesis.Of(3, 9, 0, 0, new(0.23, 0.91)).WithheldBecause.ShouldBe("no bootstrap of 100 resamples prints 0.23 to 0.91 for these counts");
        NovaIntervalHypothesis.Of(0, 9, 0, 0, new(1, 1)).WithheldBecause.ShouldBe("the resampled win rate cannot vary");
        NovaIntervalHypothesis.Of(300, 9, 0, 0, new(1, 1)).WithheldBecause.ShouldBe("above 200 records the enumeration is not worth its time");
        NovaIntervalHypothesis.Of(16, 10, 4, 2, new(0.23, 0.56)).Value.ProbabilityOfPrintedPair.ShouldBeInRange(0.001, 0.2);
    }

    [Fact]
    public void Slices_below_twenty_prompts_are_named_and_not_shown()
    {
        var slices = SliceRates.Of([new("geography", 12, 18, 5), new("history", 25, 5, 0), new("sport", 9, 10, 0)]);

        slices.Shown.Select(slice => slice.Name).ShouldBe(["geography", "history"]);
        slices.TooSmall.ShouldBe(["sport"]);
        slices.Shown[1].AdjustedP.ShouldBe(2 * slices.Shown[1].SignTestP, 1e-12);
        slices.Heterogeneity.Value.DegreesOfFreedom.ShouldBe(1);
        SliceRates.Of([]).Heterogeneity.WithheldBecause.ShouldBe("fewer than two slices have decisive prompts");
    }

    [Fact]
    public void Equivalence_without_a_standard_error_is_no_evidence()
    {
        EquivalenceTest.P(0.5, 0, 0.05).IsKnown.ShouldBeFalse();
        EquivalenceTest.P(0.52, 0.01, 0.05).Value.ShouldBe(0.00135, 1e-5);
        EquivalenceTest.P(0.60, 0.01, 0.05).Value.ShouldBeGreaterThan(0.99);
    }

    /// <summary>Expected values by an incomplete beta function and a normal distribution of 50 digits, written for this.</summary>
    [Theory]
    [InlineData(0.51, 0.02, double.PositiveInfinity, 0.0227501319481792)]
    [InlineData(0.47, 0.01, 99, 0.0241198466863165)]
    [InlineData(0.56, 0.02, 9, 0.685464350086987)]
    [InlineData(0.5, 0.03, 19, 0.0559904570752732)]
    public void Two_one_sided_tests_give_the_larger_p_value(double estimate, double error, double degrees, double p)
    {
        EquivalenceTest.P(estimate, error, 0.05, degrees).Value.ShouldBe(p, 1e-13);
    }

    [Fact]
    public void Impossible_arguments_are_mistakes_of_the_caller()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(double.NaN, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(1, 2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => WinRates.Of(-1, 0, 0));
        Should.Throw<OverflowException>(() => WinRates.Of(int.MaxValue, 1, 0));
        Should.Throw<ArgumentException>(() => ClusterRobust.Of([1, 0], ["x"]));
        Should.Throw<ArgumentOutOfRangeException>(() => MultipleTesting.Holm([0.5, 1.5]));
        Should.Throw<ArgumentOutOfRangeException>(() => Decision.Of(new(), new() { Confidence = 0.5 }));
    }

    [Fact]
    public void A_fit_that_is_exact_has_errors_of_zero_and_not_of_no_number()
    {
        var control = LengthControl.Of([264, 240], [87, 39], [1, 0.5], clusters: [1, 11]).Value;
        var shuffled = LengthControl.Of([240, 264], [39, 87], [0.5, 1], clusters: [11, 1]).Value;

        double.IsFinite(control.RobustStandardErrorOfLength).ShouldBeTrue();
        shuffled.RobustStandardErrorOfLength.ShouldBe(control.RobustStandardErrorOfLength, 1e-9);
        double.IsFinite(control.WinRateInterval().Low).ShouldBeTrue();
    }
}
