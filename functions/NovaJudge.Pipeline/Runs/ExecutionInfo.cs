namespace NovaJudge.Pipeline.Runs;

/// <summary>The execution of the machine that a step runs in.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="StartTime">When it started.</param>
public sealed record ExecutionInfo(string Id, string Name, DateTimeOffset StartTime);
