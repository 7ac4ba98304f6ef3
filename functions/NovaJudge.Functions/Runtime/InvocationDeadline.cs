namespace NovaJudge.Functions.Runtime;

/// <summary>When work has to end so that what is finished can still be saved and told.</summary>
internal static class InvocationDeadline
{
    /// <summary>Enough to save a batch's journal to S3, retries included, and to answer.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Of a short time at most this share is kept back.</summary>
    private const double LargestShare = 0.25;

    /// <summary>How long work may go on.</summary>
    public static TimeSpan TimeToWork(DateTimeOffset deadline, DateTimeOffset now)
    {
        var left = deadline - now;
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : left * LargestShare < Margin ? left * (1 - LargestShare)
            : left - Margin;
    }
}
