using NovaJudge.Pipeline.Costs;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>
/// What the tokens cost, by the prices of one day. Only what follows from the answers: hours of machines and latencies differ between equal
/// runs and stay in the telemetry (decision 064).
/// </summary>
internal static class CostCard
{
    public static Markup Of(RunLedger? ledger)
    {
        if (ledger is null)
        {
            return Markup.None;
        }

        var priced = ledger.Entries.Where(ByTokens).ToArray();
        var known = priced.Sum(entry => entry.Usd ?? 0);
        return HtmlWriter.Of($"""
            <div class="card">
            <h3>Cost of the tokens</h3>
            <div class="scroll" tabindex="0" role="region" aria-label="Cost of the tokens"><table class="cost">
            <caption class="hidden">Tokens and their cost</caption>
            <thead><tr><th scope="col" class="number">Read</th><th scope="col" class="number">Written</th><th scope="col" class="number">USD</th></tr></thead>
            {Markup.Concat(ledger.Entries.Select(Row))}
            {(priced.Length > 1 ? HtmlWriter.Of($"""<tbody><tr><th scope="rowgroup" colspan="2">Together</th><td class="number">{(priced.All(entry => entry.Usd is not null) ? "" : "at least ")}{Words.Dollars(known)}</td></tr></tbody>""") : Markup.None)}
            </table></div>
            <p class="muted small">Prices of <bdi>{ledger.Prices}</bdi>.{(ledger.Entries.Any(entry => entry.EstimatedAnswers > 0) ? " Where the service did not count tokens, they are estimated from the texts." : "")} Machines that are paid by the hour, and how long calls took, are in <code>telemetry/ledger.json</code>.</p>
            </div>
            """);
    }

    private static Markup Row(LedgerEntry entry)
    {
        var who = entry.Purpose switch { "a" => "Model A", "b" => "Model B", _ => "Judge" };
        var job = entry.Kind == LedgerKind.Job;
        return HtmlWriter.Of($"""<tbody><tr><th scope="rowgroup" colspan="3">{who} <span class="muted small"><bdi>{entry.Name}</bdi></span></th></tr><tr><td class="number">{(job ? "" : Numerals.Count(entry.InputTokens))}</td><td class="number">{(job ? "" : Numerals.Count(entry.OutputTokens))}</td><td class="number">{Cost(entry)}</td></tr></tbody>""") + new Markup("\n");
    }

    private static string Cost(LedgerEntry entry) => entry switch
    {
        { Because: "local" or "replayed" or "supplied" } => $"none ({entry.Because})",
        _ when !ByTokens(entry) => "by the hour",
        { Usd: { } dollars } => Words.Dollars(dollars),
        _ => "unknown",
    };

    private static bool ByTokens(LedgerEntry entry) =>
        entry.Kind == LedgerKind.Called && entry.Price is not { PerHour: not null } && entry.Because is not ("local" or "replayed" or "supplied");
}
