using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>The words of the vocabulary as documents spell them.</summary>
public static class DecisionWords
{
    public static string Of(RunVerdict verdict) => verdict switch
    {
        RunVerdict.BBetter => "b_better",
        RunVerdict.ABetter => "a_better",
        RunVerdict.Equivalent => "equivalent",
        _ => "inconclusive",
    };

    public static string Of(VerdictReason reason) => reason switch
    {
        VerdictReason.TooManyErrors => "too_many_errors",
        VerdictReason.TooFewScored => "too_few_scored",
        VerdictReason.WithinMargin => "within_margin",
        VerdictReason.IntervalAndSignTest => "interval_and_sign_test",
        VerdictReason.SignTestUndecided => "sign_test_undecided",
        _ => "interval_contains_half",
    };
}
