namespace NovaJudge.Aws.S3;

/// <summary>Collects what is written and passes it on part by part.</summary>
internal sealed class S3UploadStream(S3Upload upload) : Stream
{
    private readonly MemoryStream _part = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (buffer.Length > 0)
        {
            if (_part.Length >= S3Upload.PartSize)
            {
                await upload.SendPartAsync(_part, cancellationToken);
                _part.SetLength(0);
            }

            var count = Math.Min(buffer.Length, S3Upload.PartSize - (int)_part.Length);
            _part.Write(buffer.Span[..count]);
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Passed on by the next asynchronous write: nothing is sent while a thread waits.
    public override void Write(byte[] buffer, int offset, int count) => _part.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _part.Write(buffer);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>What was not passed on yet.</summary>
    internal MemoryStream TakeRest() => _part;
}
