using System.Collections.Concurrent;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>
/// A journal for a store whose objects cannot be appended to: lines wait in memory and become an object when time runs out,
/// where the next attempt finds them. Lines that the store refused stay in memory, for the next attempt in this process. What
/// a process holds that is killed without notice is lost.
/// </summary>
public sealed class StoreJournal(IObjectStore store) : IJournal
{
    /// <summary>The store's client waits and repeats by itself; this is for what outlasts that.</summary>
    private const int WriteAttempts = 3;

    private readonly ConcurrentDictionary<ObjectKey, Lines> _open = new();

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // An earlier attempt may have run in this very process, another one in any other: the object tells, and comes last, so
        // that it decides. Only what this process could not save is known to nobody else.
        var saved = Split(await store.ReadBytesAsync(key, cancellationToken) ?? []);
        List<ReadOnlyMemory<byte>> lines = _open.TryGetValue(key, out var earlier) && earlier.IsRefused ? [.. earlier.All().Where(line => !saved.Exists(known => known.Span.SequenceEqual(line.Span))), .. saved] : saved;
        _open[key] = new Lines(lines) { IsRefused = lines.Count > saved.Count };
        return lines;
    }

    public ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        _open.GetOrAdd(key, static _ => new Lines([])).Add(line);
        return ValueTask.CompletedTask;
    }

    public async Task SaveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(key, out var lines))
        {
            return;
        }

        var content = lines.Join();
        for (var attempt = 1; content.Length > 0; attempt++)
        {
            try
            {
                await store.WriteBytesAsync(key, content, PutCondition.Always, cancellationToken);
                break;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                lines.IsRefused = true;
                if (attempt == WriteAttempts)
                {
                    throw;
                }
            }
        }

        _open.TryRemove(KeyValuePair.Create(key, lines));
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

        /// <summary>Whether the store did not take them.</summary>
        public bool IsRefused { get; set; }

        public ReadOnlyMemory<byte>[] All()
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }

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
