using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Processes;

/// <summary>A bucket of one object, which is a data set of the laptop.</summary>
internal sealed class DatasetObject(IDatasetSources datasets, string source) : IObjectStore
{
    /// <summary>The object's key.</summary>
    public static readonly ObjectKey Key = ObjectKey.Parse("dataset");

    public async Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        key == Key ? await datasets.OpenAsync(source, cancellationToken) : null;

    public async Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken)
    {
        await using var stream = await OpenReadAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        stream.Position = offset;
        var content = new byte[Math.Min(length, stream.Length - offset)];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return new MemoryStream(content, writable: false);
    }

    public async Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        await using var stream = await OpenReadAsync(key, cancellationToken);
        return stream is null ? null : new ObjectInfo(key, stream.Length);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Key.Value.StartsWith(prefix, StringComparison.Ordinal) && await FindAsync(Key, cancellationToken) is { } info)
        {
            yield return info;
        }
    }

    public Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken) =>
        throw new PipelineException(ErrorNames.StoreFailed, "Data sets are only read.");

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) =>
        throw new PipelineException(ErrorNames.StoreFailed, "Data sets are only read.");
}
