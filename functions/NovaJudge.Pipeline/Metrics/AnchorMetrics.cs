using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Whether the judge still says the same of the suite's frozen pairs.</summary>
public sealed record AnchorMetrics
{
    public required AnchorState State { get; init; }

    /// <summary>One sentence.</summary>
    public required string Because { get; init; }

    /// <summary>Frozen pairs that this run had judged; none of them is in the analysis.</summary>
    public required int Judged { get; init; }

    /// <summary>Those with a verdict in both runs; absent when nothing was compared.</summary>
    public int? Compared { get; init; }

    /// <summary>Those with another verdict than in the reference.</summary>
    public int? Changed { get; init; }

    /// <summary>The run whose verdicts on the same pairs these were held against.</summary>
    public RunId? Reference { get; init; }
}

/// <summary>What the anchors say of the judge.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnchorState>))]
public enum AnchorState
{
    /// <summary>There was nothing to hold them against.</summary>
    [JsonStringEnumMemberName("notChecked")] NotChecked,

    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>More verdicts are others than chance explains: the judge may have changed.</summary>
    [JsonStringEnumMemberName("changed")] Changed,
}
