using System.Collections.Concurrent;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>
/// A journal for a store whose objects cannot be appended to: lines wait in memory and become an object when time runs out,
/// where the next attempt finds them. What a process holds that is killed without notice is lost.
/// </summary>
public sealed class StoreJournal(IObjectStore store) : IJournal
{
    private readonly ConcurrentDictionary<ObjectKey, Lines> _open = new();

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // An earlier attempt may have run in this very process, another one in any other: only the object tells.
        var lines = Split(await store.ReadBytesAsync(key, cancellationToken) ?? []);
        _open[key] = new Lines(lines);
        return lines;
    }

    public ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        _open.GetOrAdd(key, static _ => new Lines([])).Add(line);
        return ValueTask.CompletedTask;
    }

    public async Task SaveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_open.TryRemove(key, out var lines) && lines.Join() is { Length: > 0 } content)
        {
            await store.WriteBytesAsync(key, content, PutCondition.Always, cancellationToken);
        }
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _open.TryRemove(key, out _);
        return store.DeleteAsync(key, cancellationToken);
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> content)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (content.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            lines.Add(content[..end]);
            content = content[(end + 1)..];
        }

        return lines;
    }

    /// <summary>The lines of one key; models answer several prompts at a time.</summary>
    private sealed class Lines(IEnumerable<ReadOnlyMemory<byte>> earlier)
    {
        private readonly Lock _gate = new();
        private readonly List<ReadOnlyMemory<byte>> _lines = [.. earlier];

        public void Add(ReadOnlyMemory<byte> line)
        {
            // The caller may use its buffer again.
            var own = line.ToArray();
            lock (_gate)
            {
                _lines.Add(own);
            }
        }

        public byte[] Join()
        {
            lock (_gate)
            {
                using var content = new MemoryStream();
                foreach (var line in _lines)
                {
                    content.Write(line.Span);
                    content.WriteByte((byte)'\n');
                }

                return content.ToArray();
            }
        }
    }
}
