namespace NovaJudge.Pipeline.Costs;

/// <summary>What a run may cost, and by which prices.</summary>
public sealed record CostSettings
{
    /// <summary>The run stops when it has spent this many US dollars; absent: no limit.</summary>
    public double? MaxUsd { get; init; }

    /// <summary>The run stops when models have read and written this many tokens; absent: no limit. Needs no prices.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Prices that count before the built-in ones.</summary>
    public PriceTable? Prices { get; init; }
}
