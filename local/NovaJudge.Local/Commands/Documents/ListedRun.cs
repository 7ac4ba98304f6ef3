namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova list --json</c> prints, a line for each run.</summary>
internal sealed record ListedRun(string RunId, string Suite, DateTimeOffset CreatedAt, string State, double? Score, string ModelA, string ModelB);
