using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova rejudge --json</c> prints.</summary>
internal sealed record RejudgedDocument(RunSummary? Summary, AgreementDocument Agreement);

/// <summary>How far two judges agree; absent is what cannot be said.</summary>
internal sealed record AgreementDocument
{
    public required int Shared { get; init; }

    public required int Same { get; init; }

    public required int Opposed { get; init; }

    public required int OneOnly { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> Table { get; init; }

    /// <summary>Share of the shared prompts with the same verdict.</summary>
    public double? Observed { get; init; }

    public double? Kappa { get; init; }

    public double[]? KappaInterval { get; init; }
}
