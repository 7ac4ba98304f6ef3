namespace NovaJudge.Pipeline.Costs;

/// <summary>What was spent for one purpose so far.</summary>
/// <param name="Calls">Calls that came back, answered or not.</param>
/// <param name="Failed">Those without an answer.</param>
/// <param name="Throttled">Requests refused for now, by calls of this process.</param>
/// <param name="Spent">Dollars and tokens.</param>
/// <param name="IsKnown">Whether the dollars are known.</param>
public sealed record PurposeSpending(long Calls, long Failed, long Throttled, Amount Spent, bool IsKnown);
