namespace NovaJudge.Local;

/// <summary>Always tells the same time of day, while timers and stop watches run on: what is written down is equal, what waits still waits.</summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
