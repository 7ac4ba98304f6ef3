using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The vectors' names for tests, comparisons of two results, and planning.</summary>
internal static class ComparisonVectors
{
    public static VectorOutputs ExactSignTest(VectorInputs v) => new()
    {
        { "p_exact", SignTest.TwoSided(v.Count("b_wins"), v.Count("decisive")) },
        { "p_midp", SignTest.MidP(v.Count("b_wins"), v.Count("decisive")) },
    };

    public static VectorOutputs McNemar(VectorInputs v)
    {
        var test = McNemarTest.Of(v.Count("n11"), v.Count("n10"), v.Count("n01"), v.Count("n00"), v.Confidence);
        return new()
        {
            { "p_exact", test.PExact },
            { "p_midp", test.PMid },
            { "chi2_cc", test.ChiSquareCorrected },
            { "p_chi2_cc", test.PChiSquareCorrected },
            { "chi2", test.ChiSquare },
            { "p_chi2", test.PChiSquare },
            { "diff", test.Difference },
            { "wald_low", "wald_high", test.Wald.Value },
            { "bonett_price_low", "bonett_price_high", test.BonettPrice },
        };
    }

    public static VectorOutputs TwoRuns(VectorInputs v)
    {
        var difference = UnpairedDifference.Of(v.Count("k1"), v.Count("n1"), v.Count("k2"), v.Count("n2"), v.Confidence).Value;
        return new()
        {
            { "diff", difference.Difference },
            { "newcombe_low", "newcombe_high", difference.Newcombe },
            { "agresti_caffo_low", "agresti_caffo_high", difference.AgrestiCaffo },
            { "fisher_p", difference.FisherP },
        };
    }

    public static VectorOutputs BetaProbSecondBetter(VectorInputs v) => new()
    {
        {
            "prob",
            BetaComparison.ProbabilitySecondBetter(
                v.Count("k1"), v.Count("n1"), v.Count("k2"), v.Count("n2"), v.Number("prior_alpha", 1), v.Number("prior_beta", 1))
        },
    };

    public static VectorOutputs SampleSizeWinRate(VectorInputs v)
    {
        double p1 = v.Number("p1"), p0 = v.Number("p0", 0.5);
        var real = SampleSize.ForWinRate(p1, p0, v.Alpha, v.Power).Value;
        var n = (int)Math.Ceiling(real);
        return new() { { "n_real", real }, { "n", n }, { "exact_power_at_n", SampleSize.ExactPower(n, p1, p0, v.Alpha) } };
    }

    public static VectorOutputs MinimalDetectableWinRate(VectorInputs v) => new()
    {
        { "p1_normal", MinimalDetectable.WinRate(v.Number("n"), v.Alpha, v.Power) },
        { "p1_exact_sign_test", MinimalDetectable.WinRateBySignTest(v.Count("n"), v.Alpha, v.Power) },
    };

    public static VectorOutputs Miller(VectorInputs v) => new()
    {
        {
            "n",
            SampleSize.Paired(
                v.Number("delta"), v.Number("omega2"), v.Number("sigma2_a"), v.Number("sigma2_b"), v.Count("K_a", 1), v.Count("K_b", 1), v.Alpha, v.Power)
        },
    };

    public static VectorOutputs Paired(VectorInputs v)
    {
        double[] baseline = v.Numbers("baseline"), candidate = v.Numbers("candidate");
        var paired = PairedDifference.Of(baseline, candidate).Value;
        var differences = PairedDifference.Differences(baseline, candidate);
        var outputs = new VectorOutputs
        {
            { "mean_diff", paired.Mean },
            { "se", paired.StandardError },
            { "t", paired.T },
            { "p_t", paired.P },
            { "correlation", paired.Correlation },
            { "se_unpaired", paired.StandardErrorUnpaired },
            { "p_signflip_exact", SignFlipTest.TwoSided(differences) },
        };
        if (v.Has("cluster"))
        {
            var clustered = ClusterRobust.Of(differences, v.Labels("cluster")).Value;
            outputs.Add("se_clustered", clustered.StandardError);
            outputs.Add("p_t_clustered", clustered.P);
        }

        return outputs;
    }

    /// <summary>The data are not ours to ship: a copy is looked for beside the vectors, then in the inputs.</summary>
    public static VectorOutputs PairedRealData(StatVector vector)
    {
        var v = vector.Inputs;

        // The authors' rows are not published with their figures. Where they are missing, rows with the published moments stand for them:
        // t tests and clustered errors depend on nothing else, so interval, both p-values and the design effect are still held.
        var items = (v.Has("scores_a") ? ItemScores.Of(v.Table("scores_a"), v.Table("scores_b")) : ItemScores.Read(v.Text("file"))) ?? PublishedMoments.Rows(vector.Expected);
        var paired = PairedDifference.Of(items.MeansB, items.MeansA).Value;
        var clustered = ClusterRobust.Of(items.ScoresA, items.ItemsA).Value;
        var interval = paired.TInterval();
        return new()
        {
            { "diff", paired.Mean },
            { "se_paired", paired.StandardError },
            { "ci", new[] { interval.Low, interval.High } },
            { "p_paired", paired.P },
            { "p_welch", paired.PWelch },
            { "corr", paired.Correlation },
            { "naive_se", clustered.StandardErrorIndependent },
            { "cluster_se", clustered.StandardError },
            { "deff", clustered.DesignEffect },
        };
    }
}
