using NovaJudge.Local.Commands.Checking;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova doctor --json</c> prints.</summary>
internal sealed record HealthDocument(bool Healthy, IReadOnlyList<Diagnosis> Checks);
