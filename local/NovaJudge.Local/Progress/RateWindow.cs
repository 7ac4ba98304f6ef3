namespace NovaJudge.Local.Progress;

/// <summary>How fast a count grows, by what it did lately: a run that was throttled an hour ago is not slow now.</summary>
internal sealed class RateWindow
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private readonly Queue<(TimeSpan At, long Count)> _seen = new();

    /// <summary>Counts per second; 0 until something is known.</summary>
    public double PerSecond { get; private set; }

    /// <summary>Notes the count at a time.</summary>
    public void Note(TimeSpan at, long count)
    {
        _seen.Enqueue((at, count));
        while (_seen.Count > 2 && at - _seen.Peek().At > Length)
        {
            _seen.Dequeue();
        }

        var (from, before) = _seen.Peek();
        PerSecond = at - from > TimeSpan.FromMilliseconds(50) ? Math.Max(0, count - before) / (at - from).TotalSeconds : 0;
    }

    /// <summary>Time until so many more are counted; <c>null</c> when nothing moves.</summary>
    public TimeSpan? Left(long more) => more <= 0 ? TimeSpan.Zero : PerSecond <= 0 ? null : TimeSpan.FromSeconds(Math.Min(more / PerSecond, TimeSpan.FromDays(9999).TotalSeconds));
}
