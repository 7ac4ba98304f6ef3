using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>The objects of one bucket. Reads stream and go on after a broken connection; large writes go up in parts.</summary>
public sealed class S3ObjectStore(IAmazonS3 client, string bucket) : IObjectStore
{
    public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        S3ReadStream.OpenAsync(client, bucket, key, 0, null, cancellationToken);

    public async Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        // HTTP knows no range of nothing.
        return length > 0 ? await S3ReadStream.OpenAsync(client, bucket, key, offset, length, cancellationToken)
            : await FindAsync(key, cancellationToken) is null ? null
            : Stream.Null;
    }

    public async Task<bool> WriteAsync(
        ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var upload = new S3Upload(client, bucket, key, condition);
        await write(upload.Content, cancellationToken);
        return await upload.CompleteAsync(cancellationToken);
    }

    public async Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key.Value }, cancellationToken);
            return new ObjectInfo(key, found.ContentLength);
        }
        catch (AmazonServiceException exception) when (S3Failures.IsNotFound(exception))
        {
            return null;
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"s3://{bucket}/{key} cannot be looked up");
        }
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? next = ""; next is not null;)
        {
            var page = await PageAsync(prefix, next, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                // Folders that the console makes, and whatever else no step could have written.
                if (ObjectKeys.TryParse(found.Key) is { } key)
                {
                    yield return new ObjectInfo(key, found.Size ?? 0);
                }
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
    }

    public async Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key.Value }, cancellationToken);
        }
        catch (AmazonServiceException exception) when (S3Failures.IsNotFound(exception))
        {
            // Gone already.
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"s3://{bucket}/{key} cannot be deleted");
        }
    }

    private async Task<ListObjectsV2Response> PageAsync(string prefix, string continuation, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = continuation.Length == 0 ? null : continuation },
                cancellationToken);
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"s3://{bucket}/{prefix} cannot be listed");
        }
    }
}
