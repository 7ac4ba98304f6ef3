using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>
/// Reads an object, or a range of it, and goes on where it was when the connection breaks: S3 closes one that idles,
/// and who reads prompts while models answer idles for minutes.
/// </summary>
internal sealed class S3ReadStream : Stream
{
    private const int MostBreaks = 4;
    private readonly IAmazonS3 _client;
    private readonly string _bucket;
    private readonly ObjectKey _key;
    private readonly string _etag;
    private readonly long _end;
    private GetObjectResponse? _response;
    private long _position;
    private int _breaks;

    private S3ReadStream(IAmazonS3 client, string bucket, ObjectKey key, long offset, GetObjectResponse response)
    {
        (_client, _bucket, _key, _position, _response) = (client, bucket, key, offset, response);
        _end = offset + response.ContentLength;
        _etag = response.ETag;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens an object; <c>null</c> when there is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Number of bytes; <c>null</c> means to the end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<Stream?> OpenAsync(
        IAmazonS3 client, string bucket, ObjectKey key, long offset, long? length, CancellationToken cancellationToken)
    {
        try
        {
            var range = length is null ? null : new ByteRange(offset, length > long.MaxValue - offset ? long.MaxValue : offset + length.Value - 1);
            var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key.Value, ByteRange = range }, cancellationToken);
            return new S3ReadStream(client, bucket, key, offset, response);
        }
        catch (AmazonServiceException exception) when (S3Failures.IsNotFound(exception))
        {
            return null;
        }
        catch (AmazonServiceException exception) when (S3Failures.IsBeyondEnd(exception))
        {
            return Null;
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw S3Failures.Describe(exception, $"s3://{bucket}/{key} cannot be read");
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < _end && buffer.Length > 0)
        {
            try
            {
                _response ??= await ReopenAsync(cancellationToken);
                var count = await _response.ResponseStream.ReadAsync(buffer, cancellationToken);
                if (count > 0)
                {
                    (_position, _breaks) = (_position + count, 0);
                    return count;
                }

                throw new IOException($"the connection ended {_end - _position} bytes too early");
            }
            catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
            {
                _response?.Dispose();
                _response = null;
                if (exception is AmazonServiceException || ++_breaks >= MostBreaks)
                {
                    throw S3Failures.Describe(exception, $"s3://{_bucket}/{_key} cannot be read on from byte {_position}");
                }
            }
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // For readers that know no other way (an archive's entries); nothing here needs the thread that waits.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _response?.Dispose();
        base.Dispose(disposing);
    }

    // Of the same object only: one that was replaced meanwhile is refused with 412.
    private Task<GetObjectResponse> ReopenAsync(CancellationToken cancellationToken) => _client.GetObjectAsync(
        new GetObjectRequest { BucketName = _bucket, Key = _key.Value, ByteRange = new ByteRange(_position, _end - 1), EtagToMatch = _etag }, cancellationToken);
}
