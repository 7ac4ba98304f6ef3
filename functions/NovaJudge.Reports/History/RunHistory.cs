using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.History;

/// <summary>Reads histories from the store.</summary>
internal static class RunHistory
{
    /// <summary>Entries that are read at the same time.</summary>
    private const int AtOnce = 64;

    /// <summary>Summaries of the suite's runs asked for before a time, oldest first, at most so many of the latest; and how many there are before those.</summary>
    public static async Task<(IReadOnlyList<RunSummary> Runs, int Before)> ReadBeforeAsync(
        IObjectStore store, string suite, DateTimeOffset time, RunId except, int most, CancellationToken cancellationToken)
    {
        var bound = RunKeys.History(suite, time, except).Value;
        var keys = new Queue<ObjectKey>();
        var before = 0;
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
                before++;
            }
        }

        var runs = await Task.WhenAll(keys.Select(key => ReadAsync(store, key, cancellationToken)));
        return ([.. runs.OfType<RunSummary>().Where(run => run.CreatedAt < time)], before);
    }

    /// <summary>The keys of all entries of all suites, in order.</summary>
    public static async Task<IReadOnlyList<ObjectKey>> ListAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        var keys = new List<ObjectKey>();
        await foreach (var entry in store.ListAsync(RunKeys.HistoriesPrefix, cancellationToken))
        {
            if (entry.Key.Value.EndsWith(".json", StringComparison.Ordinal))
            {
                keys.Add(entry.Key);
            }
        }

        return keys;
    }

    /// <summary>The summaries under these keys, and a sentence on each one that cannot be read.</summary>
    public static async Task<(IReadOnlyList<RunSummary> Runs, IReadOnlyList<string> Unreadable)> ReadAsync(
        IObjectStore store, IReadOnlyList<ObjectKey> keys, CancellationToken cancellationToken)
    {
        var (runs, unreadable) = (new List<RunSummary>(), new List<string>());
        foreach (var some in keys.Chunk(AtOnce))
        {
            foreach (var (run, problem) in await Task.WhenAll(some.Select(TryReadAsync)))
            {
                if (problem is not null)
                {
                    unreadable.Add(problem);
                }
                else if (run is not null)
                {
                    runs.Add(run);
                }
            }
        }

        return (runs, unreadable);

        async Task<(RunSummary? Run, string? Problem)> TryReadAsync(ObjectKey key)
        {
            try
            {
                return (await ReadAsync(store, key, cancellationToken), null);
            }
            catch (PipelineException problem)
            {
                return (null, problem.Message);
            }
        }
    }

    private static async Task<RunSummary?> ReadAsync(IObjectStore store, ObjectKey key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, cancellationToken);
        try
        {
            return stream is null ? null : await JsonSerializer.DeserializeAsync(stream, HistoryJsonContext.Default.RunSummary, cancellationToken);
        }
        catch (Exception cause) when (cause is JsonException or PipelineException { ErrorName: ErrorNames.BadInput })
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"{key} is not the summary of a run ({cause.Message}) Delete it, or put it right.", cause);
        }
    }
}

/// <summary>Entries of the history, as the pipeline writes them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
