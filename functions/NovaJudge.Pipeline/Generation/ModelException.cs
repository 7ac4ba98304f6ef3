using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>A model's call failed. The kind decides what happens next.</summary>
public sealed class ModelException : Exception
{
    /// <param name="kind">What kind of failure.</param>
    /// <param name="code">The short word under which it is counted: <c>timeout</c>, <c>contextTooLong</c>, <c>http500</c> …</param>
    /// <param name="message">What happened and, for a permanent failure, what to do.</param>
    /// <param name="retryAfter">How long the service asks to wait.</param>
    /// <param name="innerException">The cause.</param>
    public ModelException(ModelFailureKind kind, string code, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Code = code;
        RetryAfter = retryAfter;
    }

    public ModelFailureKind Kind { get; }

    public string Code { get; }

    public TimeSpan? RetryAfter { get; }

    /// <summary>Whose call failed, where that is known.</summary>
    public ModelSettings? Model { get; internal set; }
}

/// <summary>What a failed call means for the run.</summary>
public enum ModelFailureKind
{
    /// <summary>Refused for now: waits, then tries again.</summary>
    Throttled,

    /// <summary>Broke for now (5xx, reset, time-out): tries again, then counts for this prompt.</summary>
    Transient,

    /// <summary>The endpoint has no capacity yet: the machine waits for it.</summary>
    Warming,

    /// <summary>This prompt cannot be answered (too long, filtered): counted, the run goes on.</summary>
    Item,

    /// <summary>No prompt will ever be answered (credentials, unknown model): the run stops.</summary>
    Permanent,
}
