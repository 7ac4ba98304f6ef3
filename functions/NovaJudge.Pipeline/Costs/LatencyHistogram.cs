namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// Percentiles of any number of durations in constant memory: counts in buckets that grow by one percent each, as in
/// Tene's HdrHistogram. A percentile is off by at most half a percent; the largest duration is exact.
/// </summary>
public sealed class LatencyHistogram
{
    private const double Smallest = 0.001;
    private const int Buckets = 2900;
    private static readonly double LogRatio = Math.Log(1.01);
    private readonly long[] _counts = new long[Buckets];
    private long _count;
    private double _max;

    /// <summary>All durations together, in milliseconds.</summary>
    public double TotalMs { get; private set; }

    /// <summary>Counts a duration in milliseconds; what is no duration is passed over.</summary>
    public void Add(double milliseconds)
    {
        if (!double.IsFinite(milliseconds) || milliseconds < 0)
        {
            return;
        }

        _counts[Bucket(milliseconds)]++;
        _count++;
        _max = Math.Max(_max, milliseconds);
        TotalMs += milliseconds;
    }

    /// <summary>The percentiles; <c>null</c> when nothing was counted.</summary>
    public LatencyPercentiles? ToPercentiles() =>
        _count == 0 ? null : new LatencyPercentiles(At(0.5), At(0.9), At(0.99), Math.Round(_max, 3), _count);

    /// <summary>The nearest rank: the smallest duration that so many of all do not pass.</summary>
    private double At(double share)
    {
        var rank = (long)Math.Ceiling(share * _count);
        var seen = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Round(Math.Min(_max, i == 0 ? Smallest : Smallest * Math.Exp((i - 0.5) * LogRatio)), 3);
            }
        }

        return _max;
    }

    private static int Bucket(double milliseconds) =>
        milliseconds <= Smallest ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(milliseconds / Smallest) / LogRatio));
}
