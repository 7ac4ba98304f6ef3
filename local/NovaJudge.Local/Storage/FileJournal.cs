using System.Collections.Concurrent;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>
/// Lines appended to the object's own file, each handed to the operating system before the next step sees it:
/// what was appended survives the end of the process at any moment. A line cut short by that end is not a line.
/// </summary>
public sealed class FileJournal(FileObjectStore store) : IJournal, IDisposable
{
    private readonly ConcurrentDictionary<ObjectKey, Lazy<FileStream>> _open = new();

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var path = store.PathOf(key);
        if (!File.Exists(path))
        {
            return [];
        }

        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        var whole = content.AsMemory(0, content.AsSpan().LastIndexOf((byte)'\n') + 1);
        if (whole.Length < content.Length)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RandomAccess.SetLength(file, whole.Length);
        }

        var lines = new List<ReadOnlyMemory<byte>>();
        while (whole.Length > 0)
        {
            var end = whole.Span.IndexOf((byte)'\n');
            lines.Add(whole[..end]);
            whole = whole[(end + 1)..];
        }

        return lines;
    }

    public ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var file = _open.GetOrAdd(key, static (key, path) => new Lazy<FileStream>(() => Open(path(key))), (Func<ObjectKey, string>)store.PathOf).Value;
        var content = new byte[line.Length + 1];
        line.Span.CopyTo(content);
        content[^1] = (byte)'\n';
        try
        {
            lock (file)
            {
                // Unbuffered: one write call for one line, so lines never interleave and none waits in this process.
                file.Write(content);
            }
        }
        catch (IOException e)
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"The store {store.Root} refused {key}: {e.Message}", e);
        }

        return ValueTask.CompletedTask;
    }

    public Task SaveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Close(key);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Close(key);
        File.Delete(store.PathOf(key));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var key in _open.Keys)
        {
            Close(key);
        }
    }

    private void Close(ObjectKey key)
    {
        if (_open.TryRemove(key, out var file) && file.IsValueCreated)
        {
            lock (file.Value)
            {
                file.Value.Dispose();
            }
        }
    }

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }
}
