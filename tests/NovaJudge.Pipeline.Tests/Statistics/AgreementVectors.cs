using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The vectors' names for what is known of judges, raters and slices.</summary>
internal static class AgreementVectors
{
    public static VectorOutputs CohenKappa(VectorInputs v)
    {
        var agreement = RaterAgreement.Of(v.Table("table")).Value;
        return new()
        {
            { "po", agreement.Observed },
            { "kappa", agreement.Kappa },
            { "se", agreement.StandardError },
            { "se_null", agreement.StandardErrorNull },
            { "ci_low", "ci_high", agreement.KappaInterval(v.Confidence).Value },
            { "z", agreement.Z },
            { "kappa_linear", agreement.KappaLinear },
            { "kappa_quadratic", agreement.KappaQuadratic },
            { "scott_pi", agreement.ScottPi },
            { "gwet_ac1", agreement.GwetAc1 },
            { "pabak", agreement.Pabak },
        };
    }

    public static VectorOutputs Krippendorff(VectorInputs v)
    {
        var raters = v.Matrix("raters");
        return new()
        {
            { "nominal", KrippendorffAlpha.Of(raters, RatingScale.Nominal) },
            { "ordinal", KrippendorffAlpha.Of(raters, RatingScale.Ordinal) },
            { "interval", KrippendorffAlpha.Of(raters, RatingScale.Interval) },
            { "ratio", KrippendorffAlpha.Of(raters, RatingScale.Ratio) },
        };
    }

    public static VectorOutputs PositionSwapOf(VectorInputs v)
    {
        var swap = PositionSwap.Of(v.Table("table")).Value;
        return new()
        {
            { "consistency", swap.Consistency },
            { "first_slot_rate", swap.FirstSlotRate },
            { "position_bias", swap.PositionBias },
            { "primacy_flips", swap.PrimacyFlips },
            { "recency_flips", swap.RecencyFlips },
            { "flip_sign_test_p", swap.FlipP },
            { "strict_a", swap.Reconciled.AWins },
            { "strict_b", swap.Reconciled.BWins },
            { "strict_ties", swap.Reconciled.Ties },
            { "strict_win_rate_b_ties_half", swap.Reconciled.Score },
            { "soft_win_rate_b", swap.SoftScore },
            { "soft_se", swap.SoftStandardError },
            { "kappa_between_orders", swap.BetweenOrders.Value.Kappa },
        };
    }

    public static VectorOutputs BradleyTerryOf(VectorInputs v)
    {
        var strengths = BradleyTerry.Of(v.NumberTable("wins")).Value;
        return new()
        {
            { "log_strength", strengths.LogStrength },
            { "elo", strengths.Elo },
            { "win_prob_0_vs_1", strengths.WinProbability(0, 1) },
        };
    }

    public static VectorOutputs Slices(VectorInputs v)
    {
        var test = SliceHeterogeneity.Of([.. v.Table("a_b_by_slice").Select(slice => (slice[0], slice[1]))]).Value;
        return new() { { "chi2", test.ChiSquare }, { "df", test.DegreesOfFreedom }, { "p", test.P } };
    }

    public static VectorOutputs JudgeCorrection(VectorInputs v)
    {
        double[] judge = v.Numbers("judge"), gold = v.Numbers("gold");
        var labelled = v.Counts("gold_index");
        var powered = PredictionPowered.Of(judge, labelled, gold).Value;
        bool[] judgeSays = [.. judge.Select(value => value == 1)], labels = [.. gold.Select(value => value == 1)];
        var corrected = RoganGladen.Of(judgeSays, labelled, labels, v.Confidence).Value;
        var common = new VectorOutputs { { "level", v.Confidence }, { "n_total", powered.N }, { "n_gold", powered.Labelled } };
        return new()
        {
            {
                "ppi",
                new VectorOutputs(common)
                {
                    { "point", powered.Estimate },
                    { "low", "high", powered.Interval(v.Confidence) },
                    { "lambda_", powered.Lambda },
                    { "standard_error", powered.StandardError },
                }
            },
            {
                "rogan_gladen",
                new VectorOutputs(common) { { "point", corrected.Estimate }, { "low", "high", corrected.Interval } }
            },
        };
    }
}
