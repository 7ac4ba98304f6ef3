namespace NovaJudge.StatesLanguage;

/// <summary>The quotas of Step Functions that shape an execution.</summary>
public sealed record ExecutionLimits
{
    /// <summary>AWS's quotas for standard workflows.</summary>
    public static readonly ExecutionLimits Aws = new();

    /// <summary>Neither payload, variables nor history are limited.</summary>
    public static readonly ExecutionLimits None = new() { PayloadBytes = long.MaxValue, VariableBytes = long.MaxValue, HistoryEvents = long.MaxValue, StandardDuration = TimeSpan.MaxValue };

    /// <summary>The largest input or output of a state, task or execution, in bytes of UTF-8 JSON: 256 KiB.</summary>
    public long PayloadBytes { get; init; } = 262_144;

    /// <summary>The largest size of all variables of a scope together, in bytes of UTF-8 JSON: 10 MiB. One Assign is limited as a payload is.</summary>
    public long VariableBytes { get; init; } = 10_485_760;

    /// <summary>The longest history, in events: 25,000.</summary>
    public long HistoryEvents { get; init; } = 25_000;

    /// <summary>How many iterations an inline Map runs at once when MaxConcurrency does not say less: 40.</summary>
    public int InlineMapConcurrency { get; init; } = 40;

    /// <summary>How many child executions a distributed Map runs at once when MaxConcurrency does not say less: 10,000.</summary>
    public int DistributedMapConcurrency { get; init; } = 10_000;

    /// <summary>The longest wait: 99,999,999 seconds, as many as any field of seconds may hold.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(99_999_999);

    /// <summary>The longest execution of a standard workflow: one year.</summary>
    public TimeSpan StandardDuration { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The longest execution of an express workflow: five minutes.</summary>
    public TimeSpan ExpressDuration { get; init; } = TimeSpan.FromMinutes(5);
}
