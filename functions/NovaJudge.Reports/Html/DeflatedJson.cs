using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NovaJudge.Reports.Html;

/// <summary>JSON that is deflated while it is written, and comes out as base64.</summary>
internal sealed class DeflatedJson : IDisposable
{
    private const int DrainAt = 32 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly MemoryStream _deflated = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * DrainAt);
    private readonly ZLibStream _deflate;

    public DeflatedJson()
    {
        _deflate = new ZLibStream(_deflated, CompressionLevel.Fastest, leaveOpen: true);
        Json = new Utf8JsonWriter(_buffer, Options);
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Bytes of JSON so far.</summary>
    public long Length { get; private set; }

    /// <summary>Compresses what has gathered; called between values.</summary>
    public void Drain()
    {
        Json.Flush();
        if (_buffer.WrittenCount > DrainAt)
        {
            Deflate();
        }
    }

    /// <summary>Ends the JSON and writes it; gives the number of bytes written.</summary>
    public async ValueTask<int> WriteBase64Async(Stream output, CancellationToken cancellationToken)
    {
        Json.Flush();
        Deflate();
        await _deflate.DisposeAsync();
        var length = (int)_deflated.Length;
        var base64 = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(length));
        Base64.EncodeToUtf8(_deflated.GetBuffer().AsSpan(0, length), base64, out _, out var written);
        await output.WriteAsync(base64.AsMemory(0, written), cancellationToken);
        ArrayPool<byte>.Shared.Return(base64);
        return written;
    }

    public void Dispose()
    {
        Json.Dispose();
        _deflate.Dispose();
        _deflated.Dispose();
    }

    private void Deflate()
    {
        Length += _buffer.WrittenCount;
        _deflate.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
