using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage.Cases;

/// <summary>The objects of a case: `{"bucket": {"key": "content"}}`, read by item readers and written by result writers.</summary>
internal sealed class CaseStorage : IMapStorage
{
    private readonly SortedDictionary<(string Bucket, string Key), byte[]> _objects = [];
    private readonly SortedSet<(string Bucket, string Key)> _written = [];
    private readonly HashSet<string> _buckets = new(StringComparer.Ordinal);

    public CaseStorage(JsonObject buckets)
    {
        foreach (var (bucket, keys) in buckets.Properties)
        {
            _buckets.Add(bucket);
            foreach (var (key, content) in (keys as JsonObject ?? JsonObject.Empty).Properties)
            {
                _objects[(bucket, key)] = content is JsonString text ? Encoding.UTF8.GetBytes(text.Text) : content.ToUtf8();
            }
        }
    }

    /// <summary>What was written, in the shape of the case's objects; null when nothing was.</summary>
    public JsonObject? Written()
    {
        if (_written.Count == 0)
        {
            return null;
        }

        var buckets = new JsonObjectBuilder();
        foreach (var bucket in _written.GroupBy(static name => name.Bucket))
        {
            var keys = new JsonObjectBuilder();
            foreach (var name in bucket)
            {
                keys.Set(name.Key, Encoding.UTF8.GetString(_objects[name]));
            }

            buckets.Set(bucket.Key, keys.Build());
        }

        return buckets.Build();
    }

    public Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue((bucket, key), out var content) ? new MemoryStream(content, writable: false) : null);

    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!_buckets.Contains(bucket))
        {
            throw new DirectoryNotFoundException($"The specified bucket does not exist: {bucket}");
        }

        foreach (var ((home, key), content) in _objects)
        {
            if (home == bucket && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new StoredObject(key, content.Length, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"", DateTimeOffset.UnixEpoch);
            }
        }
    }

    public Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _buckets.Add(bucket);
        _objects[(bucket, key)] = content.ToArray();
        _written.Add((bucket, key));
        return Task.CompletedTask;
    }
}
