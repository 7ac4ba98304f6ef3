using System.Runtime.CompilerServices;
using System.Text;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage.Tests;

internal sealed class MemoryStorage : IMapStorage
{
    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public string Text(string bucket, string key) => Encoding.UTF8.GetString(Objects[$"{bucket}/{key}"]);

    public void Put(string bucket, string key, string text) => Objects[$"{bucket}/{key}"] = Encoding.UTF8.GetBytes(text);

    public Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Objects.TryGetValue($"{bucket}/{key}", out var content) ? new MemoryStream(content) : null);

    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (key, content) in Objects.Where(o => o.Key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)))
        {
            yield return new StoredObject(key[(bucket.Length + 1)..], content.Length, "etag", DateTimeOffset.UnixEpoch);
        }
    }

    public Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Objects[$"{bucket}/{key}"] = content.ToArray();
        return Task.CompletedTask;
    }
}
