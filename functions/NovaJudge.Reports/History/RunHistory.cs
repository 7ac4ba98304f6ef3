using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.History;

/// <summary>Reads the history of a suite from the store.</summary>
internal static class RunHistory
{
    /// <summary>Summaries of the suite's runs asked for before a time, oldest first, at most so many of the latest.</summary>
    public static async Task<IReadOnlyList<RunSummary>> ReadBeforeAsync(
        IObjectStore store, string suite, DateTimeOffset time, RunId except, int most, CancellationToken cancellationToken)
    {
        var bound = RunKeys.History(suite, time, except).Value;
        var keys = new Queue<ObjectKey>();
        await foreach (var entry in store.ListAsync(bound[..(bound.LastIndexOf('/') + 1)], cancellationToken))
        {
            if (string.CompareOrdinal(entry.Key.Value, bound) >= 0)
            {
                break;
            }

            keys.Enqueue(entry.Key);
            if (keys.Count > most)
            {
                keys.Dequeue();
            }
        }

        List<RunSummary> runs = [];
        foreach (var key in keys)
        {
            await using var stream = await store.OpenReadAsync(key, cancellationToken);
            if (stream is not null && await JsonSerializer.DeserializeAsync(stream, HistoryJsonContext.Default.RunSummary, cancellationToken) is { } run && run.CreatedAt < time)
            {
                runs.Add(run);
            }
        }

        return runs;
    }
}

/// <summary>Entries of the history, as the pipeline writes them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
