namespace NovaJudge.Functions.StandIns;

/// <summary>Always tells the same time of day, while timers run on.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
