using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Whether B became worse than its baseline, tested so that looking often is safe.</summary>
public sealed record RegressionMetrics
{
    public required RegressionState State { get; init; }

    /// <summary>One sentence.</summary>
    public required string Because { get; init; }

    /// <summary>How the two runs were compared; absent when they were not.</summary>
    public RegressionMode? Mode { get; init; }

    /// <summary>The run it was held against.</summary>
    public RunId? Baseline { get; init; }

    /// <summary>The how manieth look of its series, from 1.</summary>
    public int? Look { get; init; }

    /// <summary>A p-value valid at any look.</summary>
    public double? P { get; init; }

    /// <summary>What the p-value had to reach at this look.</summary>
    public double? Level { get; init; }

    /// <summary>Looks of one series share it; it changes with the baseline, the judge, the template, the margin and the confidence.</summary>
    public string? Series { get; init; }

    /// <summary>Fresh prompts only: decisive prompts that no earlier look has seen and that B won.</summary>
    public int? Wins { get; init; }

    /// <summary>Fresh prompts only: decisive prompts that no earlier look has seen.</summary>
    public int? Decisive { get; init; }

    public static RegressionMetrics NotChecked(string because) => new() { State = RegressionState.NotChecked, Because = because };
}

/// <summary>How a run is compared with its baseline.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RegressionMode>))]
public enum RegressionMode
{
    /// <summary>Today's answers against the baseline's own, judged side by side.</summary>
    [JsonStringEnumMemberName("replay")] Replay,

    /// <summary>The same prompts against the same opponent in both runs.</summary>
    [JsonStringEnumMemberName("repeated")] Repeated,

    /// <summary>Prompts that neither the baseline nor an earlier look has seen.</summary>
    [JsonStringEnumMemberName("fresh")] Fresh,
}
