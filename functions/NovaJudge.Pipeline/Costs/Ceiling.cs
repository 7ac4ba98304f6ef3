using System.Globalization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>What is said when a run may not go on for what it costs.</summary>
public static class Ceiling
{
    private const string GoOn = "Raise the ceiling (--max-cost, --max-total-tokens; on AWS cost in request.json of the run, then Redrive) and repeat the command: it goes on where it was.";

    /// <summary>A run has spent what it may.</summary>
    public static string Reached(EvaluationRequest request, Amount spent) => string.Create(CultureInfo.InvariantCulture,
        $"The run has spent {Of(request.Cost, spent)}, and a further call would pass that. What is finished was saved. {GoOn}");

    /// <summary>A job of the judge would cost more than is left.</summary>
    public static string JobTooDear(EvaluationRequest request, Amount spent, double leastUsd) => string.Create(CultureInfo.InvariantCulture,
        $"The judge's job was not started: it costs {Dollars.Text(leastUsd)} at least, and the run has spent {Of(request.Cost, spent)}. {GoOn}");

    /// <summary>A run that has not started is known to cost more than it may.</summary>
    public static string TooDear(CostSettings limits, Amount least) => string.Create(CultureInfo.InvariantCulture,
        $"Nothing was started: the run costs at least {Of(limits, least)}. Raise the ceiling (--max-cost, --max-total-tokens, or cost in the request), or take fewer prompts. See --dry-run.");

    /// <summary>A ceiling in dollars where not all prices are known.</summary>
    public static string Blind(string because) =>
        $"$.cost.maxUsd: the ceiling cannot be watched, since {because}. Give the price (--prices FILE, or cost.prices in the request), or limit tokens instead (--max-total-tokens, or cost.maxTokens).";

    /// <summary>Refuses what is known to cost more than it may, and a ceiling that nobody could watch.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.CostCeiling"/> or <see cref="ErrorNames.BadInput"/></exception>
    public static void Check(CostSettings? limits, CostEstimate estimate)
    {
        if (limits?.MaxUsd is not null && estimate.Usd is null)
        {
            // A price by the hour is known, though not for how long.
            var blind = estimate.Entries.Where(entry => entry.Usd is null && entry.Because?.StartsWith("no price", StringComparison.Ordinal) == true).Select(entry => entry.Because!).Distinct().ToArray();
            if (blind.Length > 0)
            {
                throw PipelineException.BadInput(Blind(string.Join(" and ", blind)));
            }
        }

        var least = new Amount(estimate.Entries.Sum(entry => entry.Usd?.Low ?? 0), (long)estimate.Tokens.Low);
        if (limits is not null && least.Passes(limits))
        {
            throw new PipelineException(ErrorNames.CostCeiling, TooDear(limits, least));
        }
    }

    private static string Of(CostSettings? limits, Amount amount)
    {
        var parts = new List<string>();
        if (limits?.MaxUsd is { } usd)
        {
            parts.Add($"{Dollars.Text(amount.Usd)} of {Dollars.Text(usd)}");
        }

        if (limits?.MaxTokens is { } tokens)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{amount.Tokens:N0} of {tokens:N0} tokens"));
        }

        return string.Join(" and ", parts);
    }
}
