using System.Collections.Concurrent;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>
/// Lines handed to the operating system before the next step sees them: what was appended survives the end of the process
/// at any moment. All journals of a run share one log, since making and deleting a file for each of thousands of batches
/// takes longer than everything else that is done for them.
/// </summary>
public sealed class FileJournal(FileObjectStore store) : IJournal, IDisposable
{
    /// <summary>The folder of a run's log, below the run.</summary>
    public const string Folder = "journal";

    private readonly ConcurrentDictionary<string, Lazy<JournalLog>> _logs = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(Guarded(key, (log, name) => log.Read(name)));

    public ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        Guarded(key, (log, name) =>
        {
            log.Append(name, line.Span);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public Task SaveAsync(ObjectKey key, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Guarded(key, (log, name) =>
        {
            log.Delete(name);
            return true;
        });
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values.Where(log => log.IsValueCreated))
        {
            log.Value.Dispose();
        }
    }

    private T Guarded<T>(ObjectKey key, Func<JournalLog, string, T> act)
    {
        var (prefix, name) = Split(key);
        try
        {
            return act(_logs.GetOrAdd(prefix, static (prefix, store) => new Lazy<JournalLog>(() => JournalLog.Open(Path.Combine(store.Root, prefix, Folder))), store).Value, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"The store {store.Root} refused {key}: {e.Message}", e);
        }
    }

    /// <summary>The run's folder, and what of the key lies below it.</summary>
    private static (string Prefix, string Name) Split(ObjectKey key)
    {
        var slash = key.Value.StartsWith(RunKeys.RunsPrefix, StringComparison.Ordinal) ? key.Value.IndexOf('/', RunKeys.RunsPrefix.Length) : -1;
        return slash < 0 ? ("", key.Value) : (key.Value[..slash], key.Value[(slash + 1)..]);
    }
}
