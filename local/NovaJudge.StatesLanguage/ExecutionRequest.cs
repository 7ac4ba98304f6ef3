namespace NovaJudge.StatesLanguage;

/// <summary>What an execution is started with; the ARNs and names appear in the context object.</summary>
public sealed record ExecutionRequest
{
    public required string StateMachineArn { get; init; }

    public required string StateMachineName { get; init; }

    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }

    public string RoleArn { get; init; } = "arn:aws:iam::123456789012:role/states";

    public WorkflowType Type { get; init; }

    /// <summary>The input, UTF-8 JSON; by default an empty object.</summary>
    public ReadOnlyMemory<byte> Input { get; init; } = "{}"u8.ToArray();
}
