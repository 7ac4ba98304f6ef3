using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>Whether B became worse than its pinned baseline.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RegressionState>))]
public enum RegressionState
{
    /// <summary>There was nothing to compare with: never the same as "no regression".</summary>
    [JsonStringEnumMemberName("notChecked")]
    NotChecked,

    [JsonStringEnumMemberName("noRegression")]
    NoRegression,

    [JsonStringEnumMemberName("regression")]
    Regression,
}

/// <summary>The outcome of one look at a suite, safe to take as often as one likes.</summary>
public sealed record RegressionCheck
{
    public required RegressionState State { get; init; }

    /// <summary>One sentence.</summary>
    public required string Because { get; init; }

    /// <summary>The how manieth look since the baseline, the judge or the template last changed; from 1.</summary>
    public int Look { get; init; }

    /// <summary>The evidence: a p-value valid at any look.</summary>
    public double? P { get; init; }

    /// <summary>What the p-value had to reach at this look.</summary>
    public double? Level { get; init; }

    public static RegressionCheck NotChecked(string because) => new() { State = RegressionState.NotChecked, Because = because };
}
