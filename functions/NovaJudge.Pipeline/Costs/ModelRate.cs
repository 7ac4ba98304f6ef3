namespace NovaJudge.Pipeline.Costs;

/// <summary>How the calls of one model are paid for.</summary>
public enum RateKind
{
    /// <summary>Nobody is paid: the model runs here, or nobody is called.</summary>
    Free,

    /// <summary>Each token has its price.</summary>
    Tokens,

    /// <summary>The endpoint's time has its price.</summary>
    Hours,

    /// <summary>No price is known.</summary>
    Unknown,
}

/// <summary>What a model costs, as far as it is known.</summary>
/// <param name="Kind">How it is paid for.</param>
/// <param name="Because">Why it is free (<c>local</c>, <c>replayed</c>), or why its price is not known; absent for a price.</param>
/// <param name="Price">The price that applies; absent when there is none.</param>
public sealed record ModelRate(RateKind Kind, string? Because, PriceUsed? Price)
{
    private const double Million = 1_000_000;

    /// <summary>US dollars for so many tokens; <c>null</c> when unknown or when time is what is paid for.</summary>
    public double? OfTokens(long input, long output) => Kind switch
    {
        RateKind.Free => 0,
        RateKind.Tokens => ((input * Price!.InputPerMillion) + (output * Price.OutputPerMillion)) / Million,
        _ => null,
    };

    /// <summary>US dollars for so long; <c>null</c> when unknown or when tokens are what is paid for.</summary>
    public double? OfTime(TimeSpan time) => Kind switch
    {
        RateKind.Free => 0,
        RateKind.Hours => time.TotalHours * Price!.PerHour,
        _ => null,
    };
}
