namespace NovaJudge.Pipeline.Runs;

/// <summary>The execution that owns a run id: written once, by the first to come.</summary>
/// <param name="Execution">The execution's ARN.</param>
/// <param name="ClaimedAt">When that execution started.</param>
public sealed record RunClaim(string Execution, DateTimeOffset ClaimedAt);

/// <summary>Why a run ended badly: the content of <c>failure.json</c>.</summary>
/// <param name="Error">The stable error name.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Step">The step that failed, where known.</param>
public sealed record RunFailure(string Error, string Message, string? Step = null);
