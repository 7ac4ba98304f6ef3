using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>From the name of a method in the vectors to the function that computes it.</summary>
internal static class VectorMethods
{
    private static readonly Dictionary<string, Func<StatVector, VectorOutputs>> Known = new(StringComparer.Ordinal)
    {
        ["agresti_coull_interval"] = Proportion(AgrestiCoullInterval.Of),
        ["alpacaeval_standard_error"] = v => ScoreVectors.AlpacaEval(v.Inputs),
        ["bca_from_replicates"] = v => ScoreVectors.BcaFromReplicates(v.Inputs),
        ["beta_posterior"] = v => ScoreVectors.BetaPosteriorOf(v.Inputs),
        ["beta_prob_second_better"] = v => ComparisonVectors.BetaProbSecondBetter(v.Inputs),
        ["bradley_terry"] = v => AgreementVectors.BradleyTerryOf(v.Inputs),
        ["clopper_pearson_interval"] = Proportion(ClopperPearsonInterval.Of),
        ["clustered_standard_error"] = v => ScoreVectors.ClusteredStandardError(v.Inputs),
        ["cohen_kappa"] = v => AgreementVectors.CohenKappa(v.Inputs),
        ["confidence_sequence_beta_binomial"] = v => SequenceVectors.BetaBinomial(v.Inputs),
        ["confidence_sequence_bounded"] = v => SequenceVectors.Bounded(v.Inputs),
        ["confidence_sequence_running"] = v => SequenceVectors.Running(v.Inputs),
        ["exact_bootstrap_trinomial"] = v => ScoreVectors.ExactBootstrapTrinomial(v.Inputs),
        ["exact_sign_test"] = v => ComparisonVectors.ExactSignTest(v.Inputs),
        ["fleiss_kappa"] = v => new() { { "kappa", FleissKappa.Of(v.Inputs.Table("counts")) } },
        ["holm_and_bh"] = v => new()
        {
            { "holm", MultipleTesting.Holm(v.Inputs.Numbers("p")) },
            { "bh", MultipleTesting.BenjaminiHochberg(v.Inputs.Numbers("p")) },
        },
        ["jeffreys_interval"] = Proportion(JeffreysInterval.Of),
        ["krippendorff_alpha"] = v => AgreementVectors.Krippendorff(v.Inputs),
        ["length_controlled_win_rate"] = v => ScoreVectors.LengthControlled(v.Inputs),
        ["mcnemar_paired"] = v => ComparisonVectors.McNemar(v.Inputs),
        ["minimal_detectable_win_rate"] = v => ComparisonVectors.MinimalDetectableWinRate(v.Inputs),
        ["nova_container_ci_hypothesis"] = ScoreVectors.NovaContainer,
        ["paired_difference"] = v => ComparisonVectors.Paired(v.Inputs),
        ["paired_real_data"] = v => ComparisonVectors.PairedRealData(v),
        ["paired_sample_size_mcnemar"] = v => new()
        {
            { "n", SampleSize.McNemar(v.Inputs.Number("p10"), v.Inputs.Number("p01"), v.Inputs.Alpha, v.Inputs.Power) },
        },
        ["paired_sample_size_miller"] = v => ComparisonVectors.Miller(v.Inputs),
        ["position_swap_metrics"] = v => AgreementVectors.PositionSwapOf(v.Inputs),
        ["ppi_and_rogan_gladen"] = v => AgreementVectors.JudgeCorrection(v.Inputs),
        ["quantile_type7"] = v => new() { { "value", Quantile.Of(v.Inputs.Numbers("data"), v.Inputs.Number("percent") / 100) } },
        ["sample_size_win_rate"] = v => ComparisonVectors.SampleSizeWinRate(v.Inputs),
        ["slice_heterogeneity"] = v => AgreementVectors.Slices(v.Inputs),
        ["two_run_difference"] = v => ComparisonVectors.TwoRuns(v.Inputs),
        ["wald_interval"] = Proportion(WaldInterval.Of),
        ["wilson_cc_interval"] = Proportion(WilsonInterval.ContinuityCorrected),
        ["wilson_effective_n"] = v => new()
        {
            { "n_eff", WilsonInterval.EffectiveN(v.Inputs.Number("mean"), v.Inputs.Number("se")) },
            { "low", "high", WilsonInterval.OnEffectiveN(v.Inputs.Number("mean"), v.Inputs.Number("se"), v.Inputs.Confidence).Value },
        },
        ["wilson_score_interval"] = Proportion(WilsonInterval.Of),
        ["win_rates_with_ties"] = v => ScoreVectors.WinRatesWithTies(v.Inputs),
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static VectorOutputs Compute(StatVector vector) => Known.TryGetValue(vector.Method, out var compute)
        ? compute(vector)
        : throw new NotSupportedException($"No statistics method is known by the name '{vector.Method}'; known are {string.Join(", ", Known.Keys.Order())}.");

    private static Func<StatVector, VectorOutputs> Proportion(Func<double, double, double, Interval> interval) =>
        v => VectorOutputs.Of(interval(v.Inputs.Number("successes"), v.Inputs.Number("n"), v.Inputs.Confidence));
}
