namespace NovaJudge.Pipeline.Datasets;

/// <summary>One prompt of a data set, whatever format it came from.</summary>
public sealed record DatasetRecord
{
    /// <summary>The record's own id, or one derived from its content: the same content has the same id everywhere.</summary>
    public required string Id { get; init; }

    /// <summary>The prompt; for SQuAD the question.</summary>
    public required string Prompt { get; init; }

    public string? Context { get; init; }

    /// <summary>Gold answers without repetitions, in file order; null when the data set gives none.</summary>
    public IReadOnlyList<string>? References { get; init; }

    public string? Category { get; init; }

    /// <summary>What the record shares with its neighbours, so that their outcomes are not independent; for SQuAD the article's title.</summary>
    public string? Cluster { get; init; }

    public string? ResponseA { get; init; }

    public string? ResponseB { get; init; }

    /// <summary>The context does not hold the answer (SQuAD 2.0).</summary>
    public bool Unanswerable { get; init; }
}
