using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova run --dry-run --json</c> prints.</summary>
internal sealed record PlanDocument(EvaluationRequest Request, PlannedCalls Plan)
{
    public static PlanDocument Of(EvaluationRequest request, SampleCounts counts, CostEstimate estimate) => new(request, new PlannedCalls
    {
        Prompts = counts.Prompts,
        Batches = counts.Batches,
        UnanswerableLeftOut = counts.UnanswerableLeftOut,
        CallsOfModelA = Calls(estimate, "a"),
        CallsOfModelB = Calls(estimate, "b"),
        CallsOfJudge = Calls(estimate, "judge"),
        JudgeJobs = request.Judge.IsModel ? 0 : 1,
        Cost = new PlannedCost(estimate.Prices, estimate.Usd, estimate.Tokens, estimate.Entries),
    });

    private static long Calls(CostEstimate estimate, string purpose) => estimate.Entries.Where(entry => entry.Purpose == purpose).Sum(entry => entry.Calls);
}

internal sealed record PlannedCalls
{
    public required int Prompts { get; init; }

    public required int Batches { get; init; }

    public required long UnanswerableLeftOut { get; init; }

    public required long CallsOfModelA { get; init; }

    public required long CallsOfModelB { get; init; }

    public required long CallsOfJudge { get; init; }

    public required int JudgeJobs { get; init; }

    public required PlannedCost Cost { get; init; }
}

/// <summary>By a version of the price table; in US dollars where all prices are known.</summary>
internal sealed record PlannedCost(string Prices, EstimateRange? Usd, EstimateRange Tokens, IReadOnlyList<EstimateEntry> Entries);
