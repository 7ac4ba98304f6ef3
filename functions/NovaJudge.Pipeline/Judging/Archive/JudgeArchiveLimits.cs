namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>How large an archive may be. What is beyond is refused before it is held in memory.</summary>
public sealed record JudgeArchiveLimits
{
    /// <summary>Limits that no judge's output of a hundred thousand rows comes near.</summary>
    public static JudgeArchiveLimits Default { get; } = new();

    /// <summary>Files and folders in the archive.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>Bytes of the archive once unpacked.</summary>
    public long UnpackedBytes { get; init; } = 4L << 30;

    /// <summary>Unpacked bytes per packed byte, counted after the first <see cref="RatioFreeBytes"/>.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Unpacked bytes from which on <see cref="Ratio"/> counts: small files compress as well as they like.</summary>
    public long RatioFreeBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of the results file.</summary>
    public int ResultsBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all details files together; they are held in memory as they are.</summary>
    public int DetailsBytes { get; init; } = 1 << 30;

    /// <summary>Rows of all details files together.</summary>
    public int Rows { get; init; } = 2_000_000;

    /// <summary>Unpacked bytes of one column in one row group: the largest thing that is unpacked at once.</summary>
    public long ColumnBytes { get; init; } = 1L << 30;

    /// <summary>Unpacked bytes per stored byte within one column, counted after the first <see cref="RatioFreeBytes"/>.</summary>
    public int ColumnRatio { get; init; } = 1000;
}
