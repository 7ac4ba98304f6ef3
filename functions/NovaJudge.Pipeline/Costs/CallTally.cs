using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Adds up the telemetry of one model's calls for one purpose.</summary>
internal sealed class CallTally
{
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Calls that were timed.</summary>
    public long Timed { get; private set; }

    /// <summary>Those of them that were the first for their answer.</summary>
    public long FirstAsked { get; private set; }

    public long Attempts { get; private set; }

    public long Throttled { get; private set; }

    /// <summary>Answers from a cache.</summary>
    public long Cached { get; private set; }

    public long CachedInputTokens { get; private set; }

    public long CachedOutputTokens { get; private set; }

    public void Add(CallTelemetry call)
    {
        if (call.Attempts == 0)
        {
            Cached++;
            CachedInputTokens += CallUsage.Plausible(call.InputTokens) ?? 0;
            CachedOutputTokens += CallUsage.Plausible(call.OutputTokens) ?? 0;
            return;
        }

        Latency.Add(call.LatencyMs);
        Timed++;
        FirstAsked += call.Again ? 0 : 1;
        Attempts += call.Attempts;
        Throttled += call.Throttled;
    }
}
