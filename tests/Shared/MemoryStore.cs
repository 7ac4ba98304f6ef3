using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Tests.Shared;

/// <summary>A store in memory that keeps the port's promises, and its journal.</summary>
public sealed class MemoryStore : IObjectStore, IJournal
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _journals = new(StringComparer.Ordinal);

    /// <summary>Every key, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public string Text(ObjectKey key) => Encoding.UTF8.GetString(_objects[key.Value]);

    public IReadOnlyList<string> Lines(ObjectKey key) => Text(key).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Put(ObjectKey key, string content) => _objects[key.Value] = Encoding.UTF8.GetBytes(content);

    public bool Has(ObjectKey key) => _objects.ContainsKey(key.Value);

    public int Journalled(ObjectKey key) => _journals.TryGetValue(key.Value, out var lines) ? lines.Count : 0;

    public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content) ? new MemoryStream(content, writable: false) : null);

    public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content)
            ? new MemoryStream(content, (int)offset, (int)Math.Min(length, content.Length - offset), writable: false)
            : null);

    public async Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken);
        if (condition == PutCondition.IfAbsent)
        {
            return _objects.TryAdd(key.Value, buffer.ToArray());
        }

        _objects[key.Value] = buffer.ToArray();
        return true;
    }

    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_objects.TryGetValue(key.Value, out var content) ? new ObjectInfo(key, content.Length) : null);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            await Task.CompletedTask;
            yield return new ObjectInfo(ObjectKey.Parse(key), _objects[key].Length);
        }
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _objects.TryRemove(key.Value, out _);
        _journals.TryRemove(key.Value, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            _journals.TryGetValue(key.Value, out var lines) ? [.. lines.Select(line => (ReadOnlyMemory<byte>)line)] : []);

    public ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        _journals.GetOrAdd(key.Value, _ => new()).Enqueue(line.ToArray());
        return ValueTask.CompletedTask;
    }

    public Task SaveAsync(ObjectKey key, CancellationToken cancellationToken) => Task.CompletedTask;
}
