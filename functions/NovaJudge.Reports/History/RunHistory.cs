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

        var runs = await Task.WhenAll(keys.Select(key => ReadAsync(store, key, cancellationToken)));
        return [.. runs.OfType<RunSummary>().Where(run => run.CreatedAt < time)];
    }

    private static async Task<RunSummary?> ReadAsync(IObjectStore store, ObjectKey key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, cancellationToken);
        try
        {
            return stream is null ? null : await JsonSerializer.DeserializeAsync(stream, HistoryJsonContext.Default.RunSummary, cancellationToken);
        }
        catch (JsonException cause)
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"{key} is not the summary of a run ({cause.Message}) Delete it, or put it right.", cause);
        }
    }
}

/// <summary>Entries of the history, as the pipeline writes them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
