namespace NovaJudge.StatesLanguage.Maps;

/// <summary>The objects that distributed Maps read items from and write results to.</summary>
public interface IMapStorage
{
    /// <summary>The object's content, or null when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>The objects under a prefix, by key.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}

/// <summary>An object as listed.</summary>
public sealed record StoredObject(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass = "STANDARD");
