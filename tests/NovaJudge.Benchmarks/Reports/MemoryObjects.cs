using System.Runtime.CompilerServices;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Benchmarks.Reports;

/// <summary>Objects in memory, so that a benchmark measures no disk.</summary>
internal sealed class MemoryObjects : IObjectStore
{
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public long Size(ObjectKey key) => _objects[key.Value].Length;

    public void Put(ObjectKey key, byte[] content) => _objects[key.Value] = content;

    public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content) ? new MemoryStream(content, writable: false) : null);

    public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key.Value, out var content) ? new MemoryStream(content, (int)offset, (int)length, writable: false) : null);

    public async Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken);
        _objects[key.Value] = buffer.ToArray();
        return true;
    }

    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_objects.TryGetValue(key.Value, out var content) ? new ObjectInfo(key, content.Length) : null);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (key, content) in _objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            yield return new ObjectInfo(ObjectKey.Parse(key), content.Length);
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _objects.Remove(key.Value);
        return Task.CompletedTask;
    }
}
