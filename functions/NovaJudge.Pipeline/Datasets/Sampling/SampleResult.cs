namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>What one cluster gives to a stratified sample.</summary>
/// <param name="Cluster">The article's title or the record's cluster; null for records without one.</param>
/// <param name="Available">Records of the cluster.</param>
/// <param name="Taken">Records of the cluster in the sample: its proportional share, rounded down or up.</param>
public sealed record StratumShare(string? Cluster, int Available, int Taken);

/// <summary>A sample: its numbers, known before a record is given out, and its records.</summary>
public sealed record SampleResult
{
    /// <summary>What was read to draw the sample.</summary>
    public required DatasetCounts Counts { get; init; }

    /// <summary>Number of records in the sample.</summary>
    public required int Size { get; init; }

    /// <summary>The shares of a stratified sample in the order the clusters first appear; empty for other methods.</summary>
    public required IReadOnlyList<StratumShare> Strata { get; init; }

    /// <summary>The sampled records in file order. Each enumeration opens and reads the data set once more.</summary>
    public required IAsyncEnumerable<DatasetRecord> Records { get; init; }
}
