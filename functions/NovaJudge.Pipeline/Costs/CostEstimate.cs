namespace NovaJudge.Pipeline.Costs;

/// <summary>What a run will take, before anything is spent: between hardly less and hardly more, repeated calls aside.</summary>
public sealed record CostEstimate
{
    public required int Prompts { get; init; }

    /// <summary>Version of the price table.</summary>
    public required string Prices { get; init; }

    public required IReadOnlyList<EstimateEntry> Entries { get; init; }

    /// <summary>US dollars of everything; absent when a price is not known.</summary>
    public EstimateRange? Usd => Entries.All(entry => entry.Usd is not null)
        ? new EstimateRange(Entries.Sum(entry => entry.Usd!.Low), Entries.Sum(entry => entry.Usd!.High))
        : null;

    /// <summary>Tokens of everything.</summary>
    public EstimateRange Tokens => new(
        Entries.Sum(entry => entry.InputTokens.Low + entry.OutputTokens.Low), Entries.Sum(entry => entry.InputTokens.High + entry.OutputTokens.High));
}

/// <param name="Low">Hardly less.</param>
/// <param name="High">Hardly more.</param>
public sealed record EstimateRange(double Low, double High)
{
    public static EstimateRange None { get; } = new(0, 0);
}

/// <summary>One model's or job's part.</summary>
/// <param name="Purpose"><c>a</c>, <c>b</c> or <c>judge</c>.</param>
/// <param name="Name">What people read.</param>
/// <param name="Model">The spec, or the kind of a judge that is a job.</param>
/// <param name="Kind">How the work is done.</param>
/// <param name="Calls">Calls of the model.</param>
/// <param name="InFlight">Calls in flight at most.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written: from one token an answer to the longest allowed.</param>
/// <param name="Usd">US dollars; absent when unknown.</param>
/// <param name="Because">Why it is free, or why its cost is not known.</param>
public sealed record EstimateEntry(
    string Purpose, string Name, string Model, LedgerKind Kind, long Calls, int InFlight, EstimateRange InputTokens, EstimateRange OutputTokens, EstimateRange? Usd, string? Because);

/// <summary>How long the texts of a sample are: all that an estimate needs to know of them.</summary>
/// <param name="Prompts">Prompts.</param>
/// <param name="PromptBytes">Bytes of their texts.</param>
/// <param name="AnswerBytes">Bytes of the answers that the data set brings along.</param>
public sealed record TextLengths(int Prompts, long PromptBytes, long AnswerBytes);
