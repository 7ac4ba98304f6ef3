namespace NovaJudge.StatesLanguage.Maps;

/// <summary>The counts of a Map Run, as DescribeMapRun has them.</summary>
public sealed record MapRunProgress
{
    public required string MapRunArn { get; init; }

    /// <summary>The execution whose Map state this is.</summary>
    public required string ExecutionArn { get; init; }

    public required string StateName { get; init; }

    /// <summary>Child executions in all.</summary>
    public required int Total { get; init; }

    public required int Pending { get; init; }

    public required int Running { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    public required int Aborted { get; init; }
}
