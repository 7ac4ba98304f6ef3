namespace NovaJudge.StatesLanguage.Running;

/// <summary>A one-shot timer without the platform's limit of 49 days.</summary>
internal sealed class LongTimer : IAsyncDisposable
{
    private static readonly TimeSpan Piece = TimeSpan.FromDays(40);

    private readonly TimeProvider _time;
    private readonly Action _elapsed;
    private readonly ITimer _timer;
    private long _due;

    public LongTimer(TimeProvider time, TimeSpan delay, Action elapsed)
    {
        (_time, _elapsed) = (time, elapsed);
        _due = Due(delay);
        _timer = time.CreateTimer(static self => ((LongTimer)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Next(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the delay anew.</summary>
    public void Restart(TimeSpan delay)
    {
        Interlocked.Exchange(ref _due, Due(delay));
        _timer.Change(Next(), Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private long Due(TimeSpan delay) => _time.GetUtcNow().UtcTicks + delay.Ticks;

    private TimeSpan Next()
    {
        var left = TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _due) - _time.GetUtcNow().UtcTicks));
        return left < Piece ? left : Piece;
    }

    private void Tick()
    {
        if (Next() > TimeSpan.Zero)
        {
            _timer.Change(Next(), Timeout.InfiniteTimeSpan);
        }
        else
        {
            _elapsed();
        }
    }
}
