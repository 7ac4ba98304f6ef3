using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary>How long the models of a request took the last time, by the latest run of its suite that called all of them.</summary>
/// <param name="Run">That run.</param>
/// <param name="Ledger">Its ledger.</param>
internal sealed record KnownPace(RunId Run, RunLedger Ledger)
{
    private const int MostLooks = 20;

    /// <summary>The latest run that tells; <c>null</c> when none does.</summary>
    public static async Task<KnownPace?> FindAsync(IObjectStore store, EvaluationRequest request, CostEstimate estimate, CancellationToken cancellationToken)
    {
        var prefix = RunKeys.HistoryPrefix(request.Suite);
        var runs = new List<string>();
        await foreach (var found in store.ListAsync(prefix, cancellationToken))
        {
            runs.Add(found.Key.Value[prefix.Length..]);
        }

        foreach (var name in runs.AsEnumerable().Reverse().Take(MostLooks))
        {
            if (RunId.TryParse(Path.GetFileNameWithoutExtension(name)[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], out var run)
                && await store.FindLedgerAsync(new RunKeys(run), cancellationToken) is { } ledger
                && estimate.Entries.Where(entry => entry.Calls > 0).All(entry => Median(ledger, entry) is not null))
            {
                return new KnownPace(run, ledger);
            }
        }

        return null;
    }

    /// <summary>A and B answer at the same time, the judge after them.</summary>
    public TimeSpan Of(CostEstimate estimate)
    {
        var answers = estimate.Entries.Where(entry => entry.Purpose != "judge").Select(Take).DefaultIfEmpty().Max();
        return answers + estimate.Entries.Where(entry => entry.Purpose == "judge").Select(Take).DefaultIfEmpty().Max();
    }

    private TimeSpan Take(EstimateEntry entry) => entry.Calls == 0
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds((Median(Ledger, entry) ?? 0) * Math.Ceiling((double)entry.Calls / Math.Max(1, entry.InFlight)));

    private static double? Median(RunLedger ledger, EstimateEntry entry) => ledger.Entries.FirstOrDefault(past => past.Model == entry.Model && past.Latency is not null)?.Latency?.P50;
}
