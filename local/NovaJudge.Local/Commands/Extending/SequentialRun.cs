using System.Text.Json.Nodes;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Local.Commands.Extending;

/// <summary><c>nova run --until-decided</c>: random batches until the confidence sequence decides, the prompts end, or the limit is reached.</summary>
internal static class SequentialRun
{
    private const int DefaultBatch = 100;

    public static async Task<int> RunAsync(
        JsonObject body, string? givenId, int most, FileObjectStore store, TimeProvider time, bool json, CancellationToken cancellationToken)
    {
        var batch = Batch(body, most);
        var (exitCode, started) = await StartAsync(body, givenId, batch, most, store, time, json, cancellationToken);
        if (started is not { } first || Stops(exitCode))
        {
            return exitCode;
        }

        while (true)
        {
            var chain = await ExtensionChain.LoadAsync(store, first, cancellationToken);
            var decided = chain.Decide().Verdict != RunVerdict.Inconclusive;
            var left = most - chain.Prompts;
            if (decided || left <= 0 || await FreshPrompts.RequestAsync(chain, Math.Min(batch, left), store, cancellationToken) is not { } extension)
            {
                chain.Show(json);
                if (!json && !decided)
                {
                    Text.Write(left <= 0 ? $"The limit of {Text.Count(most)} prompts is reached." : "Every prompt of the data set was judged.");
                }

                return exitCode;
            }

            if (!json)
            {
                chain.Show(json: false);
            }

            await ChainCeiling.ApplyAsync(extension, body["cost"], chain, store, cancellationToken);
            var (code, _) = await RunCommand.StartAsync(extension, chain.Next.Value, store, time, new RunOutput(json, quiet: true), dryRun: false, cancellationToken);
            exitCode = Math.Max(exitCode, code);
            if (Stops(code))
            {
                return code;
            }
        }
    }

    /// <summary>The first batch; an undecided chain that this very command began is gone on with.</summary>
    private static async Task<(int ExitCode, RunId? RunId)> StartAsync(
        JsonObject body, string? givenId, int batch, int most, FileObjectStore store, TimeProvider time, bool json, CancellationToken cancellationToken)
    {
        body["dataset"] ??= new JsonObject();
        body["dataset"]!["sample"] = Sample(body, batch);
        givenId ??= $"until-{Slug.Hash(12, RunNames.TextOf(body), most.ToString(System.Globalization.CultureInfo.InvariantCulture))}";
        for (var ordinal = 1; ; ordinal++)
        {
            var name = ordinal == 1 ? givenId : $"{givenId}-{ordinal}";
            var runId = RunId.Parse(name);
            if (await store.FindSummaryAsync(new RunKeys(runId), cancellationToken) is null)
            {
                return await RunCommand.StartAsync(body, name, store, time, new RunOutput(json, quiet: true), dryRun: false, cancellationToken);
            }

            var chain = await ExtensionChain.LoadAsync(store, runId, cancellationToken);
            if (chain.Decide().Verdict == RunVerdict.Inconclusive && chain.Prompts < most)
            {
                return (ExitCodes.Done, runId);
            }
        }
    }

    private static JsonObject Sample(JsonObject body, int batch)
    {
        var sample = new JsonObject { ["method"] = "random", ["size"] = batch };
        if (body["dataset"]?["sample"]?["seed"] is { } seed)
        {
            sample["seed"] = seed.DeepClone();
        }

        return sample;
    }

    private static int Batch(JsonObject body, int most)
    {
        var sample = body["dataset"]?["sample"];
        if (sample?["method"] is { } method && method.ToString() != "random")
        {
            throw PipelineException.BadInput($"--until-decided draws random batches, not \"{method}\". Leave --sample out, or give the size of a batch: --sample random:{DefaultBatch}");
        }

        return Math.Clamp(sample?["size"] is JsonValue size && size.TryGetValue<int>(out var given) ? given : DefaultBatch, 1, most);
    }

    private static bool Stops(int exitCode) => exitCode is not (ExitCodes.Done or ExitCodes.GateFailed);
}
