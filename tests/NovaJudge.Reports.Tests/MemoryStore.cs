using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.Tests;

/// <summary>Objects in memory.</summary>
internal sealed class MemoryStore : IObjectStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _objects.Keys.Order(StringComparer.Ordinal);

    public byte[] this[ObjectKey key] => _objects[key.Value];

    public void Put(ObjectKey key, string content) => _objects[key.Value] = System.Text.Encoding.UTF8.GetBytes(content);

    public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content) ? new MemoryStream(content, writable: false) : null);

    public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content) ? new MemoryStream(content, (int)offset, (int)length, writable: false) : null);

    public async Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken);
        var content = buffer.ToArray();
        if (condition == PutCondition.IfAbsent)
        {
            return _objects.TryAdd(key.Value, content);
        }

        _objects[key.Value] = content;
        return true;
    }

    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_objects.TryGetValue(key.Value, out var content) ? new ObjectInfo(key, content.Length) : null);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ObjectInfo(ObjectKey.Parse(key), _objects[key].Length);
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _objects.TryRemove(key.Value, out _);
        return Task.CompletedTask;
    }
}
