using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Reads JSON Lines: one value a line, memory for one line at a time.</summary>
internal static class JsonLines
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        await foreach (var value in JsonSerializer.DeserializeAsyncEnumerable(reader, type, topLevelValues: true, cancellationToken))
        {
            yield return value ?? throw new JsonException("A line holds null where a record is expected.");
        }

        await reader.CompleteAsync();
    }
}

/// <summary>Writes JSON Lines through one reused buffer and counts the bytes, so that ranges can be noted.</summary>
internal sealed class JsonLinesWriter(Stream stream) : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;

    // Most files are small, and there are many of them: the buffer grows only where one is not.
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private Utf8JsonWriter? _json;

    /// <summary>Bytes written so far.</summary>
    public long Position { get; private set; }

    public async ValueTask WriteAsync<T>(T row, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var before = _buffer.WrittenCount;
        _json ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = type.Options.Encoder, SkipValidation = true });
        _json.Reset();
        JsonSerializer.Serialize(_json, row, type);
        _json.Flush();
        _buffer.Write("\n"u8);
        Position += _buffer.WrittenCount - before;
        if (_buffer.WrittenCount >= FlushAt)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync(CancellationToken.None);
        if (_json is not null)
        {
            await _json.DisposeAsync();
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
