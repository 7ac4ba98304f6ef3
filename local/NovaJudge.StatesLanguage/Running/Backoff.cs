using NovaJudge.StatesLanguage.Definition;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>How long to wait before a retry.</summary>
internal static class Backoff
{
    public static TimeSpan Delay(Retrier retrier, long earlierRetries, Random random)
    {
        var seconds = retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, earlierRetries);

        // Without a limit of its own a retrier waits at most a year, as an execution does.
        seconds = Math.Min(seconds, retrier.MaxDelaySeconds ?? 31_536_000);
        return TimeSpan.FromSeconds(retrier.FullJitter ? random.NextDouble() * seconds : seconds);
    }
}
