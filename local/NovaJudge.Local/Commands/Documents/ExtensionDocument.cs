namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova extend --json</c> prints of all batches together.</summary>
internal sealed record ExtensionDocument
{
    public required IEnumerable<string> Runs { get; init; }

    public required int Prompts { get; init; }

    /// <summary>Prompts that A won.</summary>
    public required int A { get; init; }

    public required int B { get; init; }

    public required int Ties { get; init; }

    public required string Verdict { get; init; }

    public required double[] Interval { get; init; }

    /// <summary>Valid however often one looks.</summary>
    public required double P { get; init; }
}
