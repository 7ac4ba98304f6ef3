using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>From the name of a method in the vectors to the function that computes it.</summary>
internal static partial class VectorMethods
{
    private static readonly Dictionary<string, Func<VectorInputs, VectorOutputs>> Known = new(StringComparer.Ordinal)
    {
        ["wilson_score_interval"] = v => VectorOutputs.Of(WilsonInterval.Of(v.Number("successes"), v.Number("n"), v.Confidence)),
        ["wilson_cc_interval"] = v => VectorOutputs.Of(WilsonInterval.ContinuityCorrected(v.Number("successes"), v.Number("n"), v.Confidence)),
        ["wilson_effective_n"] = v => new()
        {
            { "n_eff", WilsonInterval.EffectiveN(v.Number("mean"), v.Number("se")) },
            { "low", "high", WilsonInterval.OnEffectiveN(v.Number("mean"), v.Number("se"), v.Confidence).Value },
        },
        ["win_rates_with_ties"] = WinRatesWithTies,
        ["exact_sign_test"] = v => new()
        {
            { "p_exact", SignTest.TwoSided(v.Count("b_wins"), v.Count("decisive")) },
            { "p_midp", SignTest.MidP(v.Count("b_wins"), v.Count("decisive")) },
        },
        ["clustered_standard_error"] = ClusteredStandardError,
    };

    public static bool Knows(string method) => Known.ContainsKey(method);

    public static VectorOutputs Compute(string method, VectorInputs inputs) => Known.TryGetValue(method, out var compute)
        ? compute(inputs)
        : throw new NotSupportedException($"No statistics method is known by the name '{method}'; known are {string.Join(", ", Known.Keys.Order())}.");

    private static VectorOutputs WinRatesWithTies(VectorInputs v)
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

    private static VectorOutputs ClusteredStandardError(VectorInputs v)
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
}
