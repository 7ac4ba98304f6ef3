using System.Runtime.CompilerServices;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.Local.Cloud;

/// <summary>What a distributed Map reads and writes, in the store of the runs: the template knows no other bucket.</summary>
internal sealed class StoreMapStorage(IObjectStore store) : IMapStorage
{
    public Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        store.OpenReadAsync(ObjectKey.Parse(key), cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in store.ListAsync(prefix, cancellationToken))
        {
            yield return new StoredObject(info.Key.Value, info.Size, "", DateTimeOffset.UnixEpoch);
        }
    }

    public Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        store.WriteBytesAsync(ObjectKey.Parse(key), content, PutCondition.Always, cancellationToken);
}
