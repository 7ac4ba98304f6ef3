using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Extending;

/// <summary>Draws prompts that no run of a chain has had yet, at random, into a data set of their own.</summary>
internal static class FreshPrompts
{
    /// <summary>Writes the data set and returns the request body of the extension; <c>null</c> when no prompt is left.</summary>
    public static async Task<JsonObject?> RequestAsync(ExtensionChain chain, int count, FileObjectStore store, CancellationToken cancellationToken)
    {
        var dataset = chain.First.Request.Dataset;
        var file = Path.Combine(store.Root, "extensions", chain.First.Id.Value, $"x{chain.Runs.Count}.jsonl");
        var hasResponses = false;
        if (!File.Exists(file))
        {
            var records = await OpenAsync(dataset, store, cancellationToken);
            var chosen = await ChooseAsync(records, await SeenAsync(chain, store, cancellationToken), count, dataset.Sample.Seed, cancellationToken);
            if (chosen.Count == 0)
            {
                return null;
            }

            await WriteAsync(file, records, chosen, cancellationToken);
        }

        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            hasResponses = JsonNode.Parse(line)?["response_A"] is not null;
            break;
        }

        return Body(chain.First.Request, file, hasResponses);
    }

    private static JsonObject Body(EvaluationRequest request, string file, bool hasResponses)
    {
        var body = JsonSerializer.SerializeToNode(request, LocalJson.Line.EvaluationRequest)!.AsObject();
        foreach (var field in new[] { "runId", "createdAt", "trigger" })
        {
            body.Remove(field);
        }

        var dataset = body["dataset"]!.AsObject();
        dataset["source"] = Path.GetFullPath(file);
        dataset["format"] = hasResponses ? "pairs" : "jsonl";
        dataset["sample"] = new JsonObject { ["method"] = "all" };
        body["analysis"]!["baseline"] = "none";
        return body;
    }

    private static async Task<IAsyncEnumerable<DatasetRecord>> OpenAsync(DatasetSettings dataset, FileObjectStore store, CancellationToken cancellationToken)
    {
        var sources = new LocalDatasetSources(store);
        if (await sources.CheckAsync(dataset.Source, cancellationToken) is { } problem)
        {
            throw PipelineException.BadInput($"The data set of the run is not there any more: {problem}");
        }

        var options = new DatasetOptions { Name = dataset.Source, Format = DatasetFormats.Parse(dataset.Format), IncludeUnanswerable = dataset.IncludeUnanswerable };
        try
        {
            return (await Sampler.SampleAsync(token => sources.OpenAsync(dataset.Source, token), options, new SampleSettings(SampleMethod.All), cancellationToken)).Records;
        }
        catch (DatasetException e)
        {
            throw PipelineException.BadInput(e.Message);
        }
    }

    private static async Task<HashSet<string>> SeenAsync(ExtensionChain chain, FileObjectStore store, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in chain.Runs)
        {
            await foreach (var prompt in store.ReadPromptsAsync(run.Keys, cancellationToken))
            {
                seen.Add(prompt.Id);
            }
        }

        return seen;
    }

    /// <summary>Those whose hash of seed and id is smallest: every set of unseen prompts is equally likely, and the same one is drawn again.</summary>
    private static async Task<HashSet<string>> ChooseAsync(IAsyncEnumerable<DatasetRecord> records, HashSet<string> seen, int count, long seed, CancellationToken cancellationToken)
    {
        var text = seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var smallest = new PriorityQueue<string, string>(Comparer<string>.Create((x, y) => string.CompareOrdinal(y, x)));
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            if (!seen.Contains(record.Id))
            {
                smallest.Enqueue(record.Id, Slug.Hash(16, text, record.Id));
                if (smallest.Count > count)
                {
                    smallest.Dequeue();
                }
            }
        }

        return [.. smallest.UnorderedItems.Select(item => item.Element)];
    }

    private static async Task WriteAsync(string file, IAsyncEnumerable<DatasetRecord> records, HashSet<string> chosen, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var writer = new StreamWriter(file + ".part"))
        {
            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                if (chosen.Contains(record.Id))
                {
                    await writer.WriteLineAsync(Line(record));
                }
            }
        }

        File.Move(file + ".part", file, overwrite: true);
    }

    private static string Line(DatasetRecord record) => JsonSerializer.Serialize(
        new DatasetLine(record.Id, record.Prompt)
        {
            Context = record.Context,
            References = record.References is { Count: > 0 } references ? references : null,
            Category = record.Category,
            Cluster = record.Cluster,
            ResponseA = record.ResponseA,
            ResponseB = record.ResponseB,
        },
        LocalJson.Line.DatasetLine);
}
