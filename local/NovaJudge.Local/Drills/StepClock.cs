using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.Local.Drills;

/// <summary>
/// A virtual clock for code that knows of no virtual clock. The interpreter holds its clock while a step runs, so a step that
/// waits between two calls would wait for ever; here a wait lends the step's hold to the clock. A step may have one wait at a
/// time: drills ask for one call in flight where calls are refused.
/// </summary>
internal sealed class StepClock(VirtualTime clock) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    /// <summary>Task.Delay hands its task to the timer; time-outs hand over something else, and must not let the clock jump.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        state is Task && period == Timeout.InfiniteTimeSpan
            ? new Wait(clock, callback, state, dueTime)
            : clock.CreateTimer(callback, state, dueTime, period);

    private sealed class Wait : ITimer
    {
        private readonly CancellationTokenSource _stop = new();

        public Wait(VirtualTime clock, TimerCallback callback, object? state, TimeSpan dueTime) => _ = WaitAsync(clock, callback, state, dueTime);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("A wait is not changed once it has begun.");

        public void Dispose() => _stop.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task WaitAsync(VirtualTime clock, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            try
            {
                await clock.DelayAsync(dueTime, _stop.Token);
                callback(state);
            }
            catch (OperationCanceledException)
            {
                // Whoever waited has stopped waiting, and knows.
            }
        }
    }
}
