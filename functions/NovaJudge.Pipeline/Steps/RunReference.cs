using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <summary>The input of most steps: everything else lies in the store.</summary>
public sealed record RunReference(RunId RunId);
