namespace NovaJudge.StatesLanguage;

/// <summary>How an execution ended.</summary>
public sealed record ExecutionResult
{
    public required ExecutionStatus Status { get; init; }

    /// <summary>The output, UTF-8 JSON; empty unless the execution succeeded.</summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }
}
