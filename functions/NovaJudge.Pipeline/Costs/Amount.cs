namespace NovaJudge.Pipeline.Costs;

/// <summary>Something spent: dollars as far as prices are known, and tokens.</summary>
/// <param name="Usd">US dollars; 0 where no price is known.</param>
/// <param name="Tokens">Tokens read and written.</param>
public readonly record struct Amount(double Usd, long Tokens)
{
    public static Amount operator +(Amount a, Amount b) => new(a.Usd + b.Usd, a.Tokens + b.Tokens);

    public static Amount operator -(Amount a, Amount b) => new(a.Usd - b.Usd, a.Tokens - b.Tokens);

    public static Amount operator /(Amount amount, long count) => new(amount.Usd / count, amount.Tokens / count);

    /// <summary>Whether more was spent than may be. Sums of many small amounts are off by a rounding.</summary>
    public bool Passes(CostSettings? limits) => Usd > limits?.MaxUsd * (1 + 1e-9) || Tokens > limits?.MaxTokens;

    /// <summary>Whether nothing more may be spent.</summary>
    public bool Reaches(CostSettings? limits) => Usd >= limits?.MaxUsd || Tokens >= limits?.MaxTokens;
}
