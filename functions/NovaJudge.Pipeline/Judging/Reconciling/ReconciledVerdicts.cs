namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>What became of the rows that the judge was sent.</summary>
public sealed record ReconciledVerdicts
{
    /// <summary>One verdict for each row sent, in their order; empty when the rows cannot be used and only the aggregates stand.</summary>
    public required IReadOnlyList<VerdictRow> Rows { get; init; }

    /// <summary>Where the verdicts are from.</summary>
    public required VerdictSource Source { get; init; }

    /// <summary>What a reader should know before trusting the verdicts; one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Whether there are verdicts by row.</summary>
    public bool RowsUsable => Source != VerdictSource.AggregatesOnly;
}

/// <summary>Where verdicts by row are from.</summary>
public enum VerdictSource
{
    /// <summary>The labels, where <c>A</c> is the answer shown first; the backward pass was turned round.</summary>
    LabelsAsShown,

    /// <summary>The labels, where <c>A</c> is model A in both passes.</summary>
    LabelsAsNamed,

    /// <summary>The counts of wins in each row: the labels were missing or could not be read without doubt.</summary>
    RowScores,

    /// <summary>None: the rows are missing or in doubt.</summary>
    AggregatesOnly,
}
