namespace NovaJudge.Pipeline.Runs;

/// <summary>What a trigger decides about a run.</summary>
public sealed record RunIdentity(RunId RunId, DateTimeOffset CreatedAt, RunTrigger Trigger);
