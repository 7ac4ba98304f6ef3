namespace NovaJudge.Pipeline.Costs;

/// <summary>What a run cost, in one sentence.</summary>
public static class CostWords
{
    public static string Of(RunLedger ledger)
    {
        var unknown = ledger.Entries.Where(entry => entry.Usd is null).Select(entry => entry.Because).OfType<string>().Distinct().ToArray();
        var known = Dollars.Text(ledger.Total.KnownUsd);
        if (ledger.Total.Usd is null)
        {
            var reason = unknown.Length == 0 ? "" : $": {string.Join("; ", unknown)}";
            return ledger.Total.KnownUsd > 0 ? $"at least {known}; the rest is not known{reason}" : $"not known{reason}";
        }

        var estimated = ledger.Entries.Any(entry => entry is { EstimatedAnswers: > 0, Usd: > 0 }) ? ", some tokens estimated" : "";
        return ledger.Total.Usd == 0 ? "nothing" : known + estimated;
    }
}
