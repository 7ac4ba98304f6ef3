using System.Text.Json.Nodes;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Extending;

/// <summary>One ceiling over a chain of runs: what earlier batches have spent is no longer there for the next one.</summary>
internal static class ChainCeiling
{
    /// <summary>Gives the next batch what is left.</summary>
    /// <param name="extension">Its request.</param>
    /// <param name="cost">The <c>cost</c> of the command's own request; <c>null</c> when it sets none.</param>
    /// <param name="chain">The batches so far.</param>
    /// <param name="store">Their store.</param>
    /// <param name="cancellationToken">Ends the look at their ledgers.</param>
    public static async Task ApplyAsync(JsonObject extension, JsonNode? cost, ExtensionChain chain, IObjectStore store, CancellationToken cancellationToken)
    {
        extension.Remove("cost");
        if (cost is null)
        {
            return;
        }

        var (usd, tokens) = (0.0, 0L);
        foreach (var run in chain.Runs)
        {
            if (await store.FindLedgerAsync(run.Keys, cancellationToken) is { } ledger)
            {
                usd += ledger.Total.KnownUsd;
                tokens += ledger.Total.InputTokens + ledger.Total.OutputTokens;
            }
        }

        var left = cost.DeepClone().AsObject();
        if (left["maxUsd"] is JsonValue maxUsd)
        {
            left["maxUsd"] = Math.Max(0, maxUsd.GetValue<double>() - usd);
        }

        if (left["maxTokens"] is JsonValue maxTokens)
        {
            left["maxTokens"] = Math.Max(1, maxTokens.GetValue<long>() - tokens);
        }

        extension["cost"] = left;
    }
}
