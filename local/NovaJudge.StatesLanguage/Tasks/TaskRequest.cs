namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>One invocation of a Task state's work.</summary>
public sealed record TaskRequest
{
    /// <summary>The state's <c>Resource</c> as the definition has it.</summary>
    public required string Resource { get; init; }

    /// <summary>What the work receives, UTF-8 JSON: the payload for <c>lambda:invoke</c>, else the effective input.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The whole effective input, UTF-8 JSON: for <c>lambda:invoke</c> with FunctionName and Payload.</summary>
    public required ReadOnlyMemory<byte> Parameters { get; init; }

    /// <summary>The function's name or ARN as given, for Lambda tasks.</summary>
    public string? FunctionName { get; init; }

    /// <summary>The task's token, for <c>.waitForTaskToken</c> tasks.</summary>
    public string? TaskToken { get; init; }

    public required string StateName { get; init; }

    public required string ExecutionArn { get; init; }

    /// <summary>How often this visit of the state was retried before.</summary>
    public int RetryCount { get; init; }
}
