namespace NovaJudge.StatesLanguage.Running;

/// <summary>Why a state, a branch or an execution failed.</summary>
internal sealed record Failure(string? Error, string? Cause);

/// <summary>A failure that no Retry and no Catch may touch: it ends the execution wherever it happens.</summary>
internal sealed class ExecutionFailedException(Failure failure) : Exception(failure.Cause)
{
    public Failure Failure { get; } = failure;
}
