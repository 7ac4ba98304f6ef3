using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>The output of the machine, for people and for those who subscribe: <c>summary.json</c> and an entry of the history.</summary>
public sealed record RunSummary
{
    public required RunId RunId { get; init; }

    public required string Suite { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the summary was published.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The verdict's outcome.</summary>
    public required string Verdict { get; init; }

    public required string Sentence { get; init; }

    /// <summary>B's score; absent when nothing was scored.</summary>
    public double? Score { get; init; }

    /// <summary>Its interval, low then high.</summary>
    public IReadOnlyList<double>? Interval { get; init; }

    public required GateStatus Gate { get; init; }

    /// <summary>Prompts by outcome.</summary>
    public OutcomeMetrics? Outcomes { get; init; }

    /// <summary>What the score's interval says of clusters, so that it can be widened for many looks without the rows.</summary>
    public ClusterMetrics? Clusters { get; init; }

    /// <summary>What must be equal in two runs that are compared; long texts by their hash. Absent in summaries of before this was kept.</summary>
    public RunConditions? Conditions { get; init; }

    /// <summary>The regression check, from which later looks of the suite go on.</summary>
    public RegressionMetrics? Regression { get; init; }

    /// <summary>Opens the report.</summary>
    public string? ReportUrl { get; init; }

    /// <summary>Opens the figure.</summary>
    public string? FigureUrl { get; init; }

    /// <summary>What the run cost, in US dollars; absent when it is not known of every part.</summary>
    public double? CostUsd { get; init; }

    /// <summary>The same for people, with what is not known of it.</summary>
    public string? Cost { get; init; }
}

/// <summary>Links that open a run's reports.</summary>
public sealed record RunLinks(string? ReportUrl, string? FigureUrl);
