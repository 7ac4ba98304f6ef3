using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports;

/// <summary>What the report page tells about a run, apart from its records.</summary>
internal sealed record ReportInputs
{
    public required RunMetrics Metrics { get; init; }

    public required Figure Figure { get; init; }

    /// <summary>The records, counted.</summary>
    public required RecordTally Tally { get; init; }

    /// <summary>The text of <c>request.json</c>; absent when the run has none.</summary>
    public string? Request { get; init; }

    /// <summary>What the run's calls came to; absent when nobody kept books.</summary>
    public RunLedger? Ledger { get; init; }

    /// <summary>Summaries of the suite's runs before this one, oldest first.</summary>
    public IReadOnlyList<RunSummary> Earlier { get; init; } = [];

    /// <summary>How many runs the suite had before those.</summary>
    public int EarlierStill { get; init; }
}
