using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The vectors' names for what is known of one run's score.</summary>
internal static class ScoreVectors
{
    public static VectorOutputs WinRatesWithTies(VectorInputs v)
    {
        var rates = WinRates.Of(v.Count("a_wins"), v.Count("b_wins"), v.Count("ties"), v.Confidence);
        return new()
        {
            { "n", rates.N },
            { "win_rate_ties_half", rates.Score },
            { "win_rate_excl_ties", rates.DecisiveRate },
            { "win_rate_ties_as_loss", rates.RateTiesAsLosses },
            { "tie_rate", rates.TieRate },
            { "wilson_ties_half_low", "wilson_ties_half_high", rates.ScoreWilson },
            { "wilson_excl_low", "wilson_excl_high", rates.DecisiveWilson },
            { "se_ties_half_population", rates.StandardErrorPopulation },
            { "se_ties_half_sample", rates.StandardErrorSample },
        };
    }

    public static VectorOutputs AlpacaEval(VectorInputs v)
    {
        var (rate, error) = AlpacaEvalRate.Of(v.Count("a_wins"), v.Count("b_wins"), v.Count("ties")).Value;
        return new() { { "win_rate", (object)rate }, { "standard_error", (object)error } };
    }

    public static VectorOutputs ClusteredStandardError(VectorInputs v)
    {
        var mean = ClusterRobust.Of(v.Numbers("score"), v.Labels("cluster")).Value;
        return new()
        {
            { "mean", mean.Mean },
            { "se_iid", mean.StandardErrorIndependent },
            { "se_cluster_cr0_miller", mean.StandardErrorCr0 },
            { "se_cluster_inspect", mean.StandardError },
            { "deff", mean.DesignEffect },
            { "n_clusters", mean.Clusters },
            { "t_low", "t_high", mean.TInterval(v.Confidence) },
            { "icc_anova", mean.IntraclassCorrelation },
        };
    }

    public static VectorOutputs BetaPosteriorOf(VectorInputs v)
    {
        var posterior = BetaPosterior.Of(v.Count("a_wins"), v.Count("b_wins"), v.Number("prior_alpha", 1), v.Number("prior_beta", 1));
        return new()
        {
            { "mean", posterior.Mean },
            { "prob_b_better", posterior.ProbabilityBBetter },
            { "ci95_low", "ci95_high", posterior.Credible() },
            { "log_bf10", posterior.LogBayesFactor },
            { "bf10", posterior.BayesFactor },
        };
    }

    public static VectorOutputs ExactBootstrapTrinomial(VectorInputs v)
    {
        int a = v.Count("a_wins"), b = v.Count("b_wins"), ties = v.Count("ties");
        var outputs = Bca(ExactBootstrap.Of(a, b, ties, v.Confidence).Value, "bca_low", "bca_high");
        outputs.Add("se", WinRates.Of(a, b, ties).StandardErrorPopulation);
        return outputs;
    }

    public static VectorOutputs BcaFromReplicates(VectorInputs v) =>
        Bca(BcaInterval.FromReplicates(v.Numbers("data"), v.Numbers("replicates"), v.Confidence).Value, "low", "high");

    /// <summary>What the container printed is a fact the hypothesis is asked about, so it is read from the expected values.</summary>
    public static VectorOutputs NovaContainer(StatVector vector)
    {
        var v = vector.Inputs;
        var printed = new Interval(vector.Expected.GetProperty("printed_low").GetDouble(), vector.Expected.GetProperty("printed_high").GetDouble());
        var hypothesis = NovaIntervalHypothesis
            .Of(v.Count("a_wins"), v.Count("b_wins"), v.Count("ties", 0), v.Count("errors", 0), printed, v.Count("replicates", 100)).Value;
        return new()
        {
            { "low", "high", hypothesis.Interval },
            { "printed_low", Math.Round(hypothesis.Interval.Low, 2) },
            { "printed_high", Math.Round(hypothesis.Interval.High, 2) },
            { "probability_of_printed_pair", hypothesis.ProbabilityOfPrintedPair },
        };
    }

    public static VectorOutputs LengthControlled(VectorInputs v)
    {
        var fit = LengthControl.Of(v.Numbers("len_a"), v.Numbers("len_b"), v.Numbers("score_b"), v.Number("ridge", 0)).Value;
        return new()
        {
            { "raw_win_rate", fit.RawWinRate },
            { "beta0", fit.Intercept },
            { "beta_len", fit.LengthEffect },
            { "lc_win_rate", fit.WinRate },
            { "se_model_beta0", fit.ModelStandardError },
            { "se_robust_beta0", fit.RobustStandardError },
            { "se_robust_beta_len", fit.RobustStandardErrorOfLength },
            { "lc_se_delta", fit.WinRateStandardError },
            { "lc_low", "lc_high", fit.WinRateInterval(v.Confidence) },
            { "prefer_longer", fit.PrefersLonger },
        };
    }

    private static VectorOutputs Bca(BcaInterval interval, string low, string high) => new()
    {
        { "mean", interval.Mean },
        { "z0", interval.Z0 },
        { "acceleration", interval.Acceleration },
        { "alpha1", interval.LowerShare },
        { "alpha2", interval.UpperShare },
        { low, high, interval.Bca },
        { "percentile_low", "percentile_high", interval.Percentile },
    };
}
