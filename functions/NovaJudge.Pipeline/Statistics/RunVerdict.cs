using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>What a run says.</summary>
public enum RunVerdict
{
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    [JsonStringEnumMemberName("b_better")]
    BBetter,

    [JsonStringEnumMemberName("a_better")]
    ABetter,

    [JsonStringEnumMemberName("equivalent")]
    Equivalent,
}

/// <summary>Which rule of the decision applied.</summary>
public enum VerdictReason
{
    /// <summary>More prompts than allowed have no verdict.</summary>
    [JsonStringEnumMemberName("too_many_errors")]
    TooManyErrors,

    /// <summary>Fewer than two prompts were scored.</summary>
    [JsonStringEnumMemberName("too_few_scored")]
    TooFewScored,

    /// <summary>The equivalence interval lies within the margin of 1/2.</summary>
    [JsonStringEnumMemberName("within_margin")]
    WithinMargin,

    /// <summary>The interval excludes 1/2 and the exact sign test rejects.</summary>
    [JsonStringEnumMemberName("interval_and_sign_test")]
    IntervalAndSignTest,

    /// <summary>The interval excludes 1/2, but the exact sign test does not reject.</summary>
    [JsonStringEnumMemberName("sign_test_undecided")]
    SignTestUndecided,

    /// <summary>The interval contains 1/2.</summary>
    [JsonStringEnumMemberName("interval_contains_half")]
    IntervalContainsHalf,
}
