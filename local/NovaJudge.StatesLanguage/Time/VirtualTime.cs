namespace NovaJudge.StatesLanguage.Time;

/// <summary>
/// A clock that jumps to the next timer as soon as nothing is in flight, so that a day of waiting takes a moment.
/// An interpreter that is given this clock holds it while it computes and while tasks run; the clock stands still when no execution runs.
/// </summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private static readonly long LastTick = DateTimeOffset.MaxValue.UtcTicks;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _now = start.UtcTicks;
    private long _order;
    private int _holds;
    private int _participants;
    private bool _advancing;

    /// <summary>A clock that starts at the beginning of 2025.</summary>
    public VirtualTime()
        : this(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops the clock from jumping until the answer is disposed: something is in flight.</summary>
    public IDisposable Hold()
    {
        Join();
        Enter();
        return new Holding(this);
    }

    /// <summary>Waits on this clock from inside a task, whose hold is lent to the clock meanwhile.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        var waiting = new DelayedHold(this);
        await waiting.WaitAsync(delay, cancellationToken);
    }

    /// <summary>From here to <see cref="Leave"/> there is somebody whose timers matter.</summary>
    internal void Join() => Interlocked.Increment(ref _participants);

    internal void Leave() => Interlocked.Decrement(ref _participants);

    internal void Enter() => Interlocked.Increment(ref _holds);

    internal void Exit()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Advance();
        }
    }

    private void Advance()
    {
        while (true)
        {
            VirtualTimer timer;
            lock (_gate)
            {
                if (_advancing || Volatile.Read(ref _holds) > 0 || Volatile.Read(ref _participants) == 0 || !TryNext(out timer))
                {
                    return;
                }

                _advancing = true;
            }

            try
            {
                timer.Fire();
            }
            finally
            {
                lock (_gate)
                {
                    _advancing = false;
                }
            }
        }
    }

    private bool TryNext(out VirtualTimer timer)
    {
        while (_timers.TryDequeue(out timer!, out var key))
        {
            if (timer.Order == key.Order)
            {
                Interlocked.Exchange(ref _now, Math.Max(_now, key.Due));
                timer.Dequeued(key.Due);
                return true;
            }
        }

        return false;
    }

    private void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            timer.Order = ++_order;
            if (dueTime >= TimeSpan.Zero)
            {
                _timers.Enqueue(timer, (Math.Min(_now, LastTick - dueTime.Ticks) + dueTime.Ticks, timer.Order));
            }
        }

        if (Volatile.Read(ref _holds) == 0)
        {
            Advance();
        }
    }

    private sealed class Holding(VirtualTime time) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                time.Leave();
                time.Exit();
            }
        }
    }

    /// <summary>Gives a hold back for the length of a delay; whoever ends the delay takes it again before anyone learns of the end.</summary>
    private sealed class DelayedHold(VirtualTime time)
    {
        private readonly TaskCompletionSource _done = new();
        private int _ended;

        public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            await using var timer = time.CreateTimer(static self => ((DelayedHold)self!).End(cancelled: false), this, delay, Timeout.InfiniteTimeSpan);
            await using var registration = cancellationToken.UnsafeRegister(static self => ((DelayedHold)self!).End(cancelled: true), this);
            time.Exit();
            await _done.Task;
        }

        private void End(bool cancelled)
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
            {
                return;
            }

            time.Enter();
            _ = cancelled ? _done.TrySetCanceled() : _done.TrySetResult();
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Which scheduling counts; older entries in the queue are void.</summary>
        public long Order { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            time.Schedule(this, dueTime);
            return true;
        }

        public void Dequeued(long due)
        {
            Order = 0;
            if (_period > TimeSpan.Zero)
            {
                Order = ++time._order;
                time._timers.Enqueue(this, (Math.Min(due, LastTick - _period.Ticks) + _period.Ticks, Order));
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => time.Schedule(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
