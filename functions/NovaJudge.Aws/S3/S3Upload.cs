using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>
/// One write: in one piece while it fits into a part, in parts from then on. Nothing is seen before
/// <see cref="CompleteAsync"/>; disposing what was not completed leaves nothing behind.
/// </summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, ObjectKey key, PutCondition condition) : IAsyncDisposable
{
    /// <summary>10,000 parts are allowed: objects of up to 80 GB.</summary>
    public const int PartSize = 8 * 1024 * 1024;

    private const string MarkName = "nova-write";
    private const int MostConflicts = 4;

    // Tells our own object from another's when an attempt was answered with 412 after one whose answer was lost.
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<PartETag> _parts = [];
    private string? _uploadId;
    private bool _taken;

    /// <summary>Where the content is written to.</summary>
    public S3UploadStream Content => field ??= new S3UploadStream(this);

    private bool IfAbsent => condition == PutCondition.IfAbsent;

    private string Address => $"s3://{bucket}/{key}";

    /// <summary>Sends a full part; the buffer may be used again afterwards.</summary>
    public async Task SendPartAsync(MemoryStream part, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        if (_taken)
        {
            return;
        }

        var response = await CallAsync(() => client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key.Value,
                UploadId = _uploadId,
                PartNumber = _parts.Count + 1,
                InputStream = Whole(part),
                UseChunkEncoding = false,
            },
            cancellationToken), cancellationToken);
        _parts.Add(new PartETag(_parts.Count + 1, response.ETag));
    }

    /// <summary>Makes the object seen; false when there was one already and the condition forbids to replace it.</summary>
    public async Task<bool> CompleteAsync(CancellationToken cancellationToken)
    {
        var rest = Content.TakeRest();
        if (_uploadId is null && !_taken)
        {
            return await PutAsync(rest, cancellationToken);
        }

        if (rest.Length > 0)
        {
            await SendPartAsync(rest, cancellationToken);
        }

        return !_taken && await CompletePartsAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_uploadId is null)
        {
            return;
        }

        try
        {
            await client.AbortMultipartUploadAsync(bucket, key.Value, _uploadId, CancellationToken.None);
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, CancellationToken.None))
        {
            // What made the write fail matters more; the bucket's lifecycle removes parts that were left.
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_uploadId is not null || _taken)
        {
            return;
        }

        // The condition is checked when the parts are put together; looking first saves sending them for nothing.
        if (IfAbsent && await FindAsync(cancellationToken) is not null)
        {
            _taken = true;
            return;
        }

        var request = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key.Value };
        request.Metadata[MarkName] = _mark;
        _uploadId = (await CallAsync(() => client.InitiateMultipartUploadAsync(request, cancellationToken), cancellationToken)).UploadId;
    }

    private async Task<bool> PutAsync(MemoryStream content, CancellationToken cancellationToken)
    {
        for (var conflicts = 1; ; conflicts++)
        {
            try
            {
                var request = new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key.Value,
                    InputStream = Whole(content),
                    AutoCloseStream = false,
                    UseChunkEncoding = false,
                    IfNoneMatch = IfAbsent ? "*" : null,
                };
                request.Metadata[MarkName] = _mark;
                await client.PutObjectAsync(request, cancellationToken);
                return true;
            }
            catch (AmazonServiceException exception) when (IfAbsent && S3Failures.IsTaken(exception))
            {
                return await IsOursAsync(cancellationToken);
            }
            catch (AmazonServiceException exception) when (S3Failures.IsConflict(exception) && conflicts < MostConflicts)
            {
                // Another writer was in the middle of it; who is right shows now.
            }
            catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
            {
                throw S3Failures.Describe(exception, $"{Address} cannot be written");
            }
        }
    }

    private async Task<bool> CompletePartsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key.Value, UploadId = _uploadId, PartETags = _parts, IfNoneMatch = IfAbsent ? "*" : null },
                cancellationToken);
            _uploadId = null;
            return true;
        }
        catch (AmazonServiceException exception) when (S3Failures.IsNotFound(exception) || (IfAbsent && (S3Failures.IsTaken(exception) || S3Failures.IsConflict(exception))))
        {
            // An upload that is not there was completed by an attempt whose answer was lost, or was removed.
            var mark = await FindAsync(cancellationToken);
            if (mark != _mark && !S3Failures.IsTaken(exception) && !(IfAbsent && mark is not null))
            {
                throw S3Failures.Describe(exception, $"{Address} cannot be completed");
            }

            return mark == _mark;
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"{Address} cannot be completed");
        }
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) == _mark;

    /// <summary>Who wrote the object; <c>null</c> when there is none.</summary>
    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key.Value }, cancellationToken);
            return found.Metadata[MarkName] ?? "";
        }
        catch (AmazonServiceException exception) when (S3Failures.IsNotFound(exception))
        {
            return null;
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"{Address} cannot be looked up");
        }
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"{Address} cannot be written");
        }
    }

    private static MemoryStream Whole(MemoryStream content)
    {
        content.Position = 0;
        return content;
    }
}
