namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// What one more prompt would cost, measured by this run's tokens: equal runs give equal figures, so whatever is paid for by
/// time is left out and named.
/// </summary>
/// <param name="Usd">US dollars for one prompt; absent when not known.</param>
/// <param name="Prices">Version of the price table.</param>
/// <param name="Unknown">Why it is not known; absent when it is.</param>
/// <param name="Beside">What comes on top and is not in it, such as <c>the judge's job</c>; absent when nothing does.</param>
public sealed record PromptCost(double? Usd, string Prices, string? Unknown, string? Beside);
