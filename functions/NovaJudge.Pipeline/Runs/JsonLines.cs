using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Reads JSON Lines: one value a line, memory for one line at a time. Empty lines are passed over.</summary>
internal static class JsonLines
{
    private const int FirstBuffer = 16 * 1024;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var (start, end) = (0, 0);
            while (true)
            {
                var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    if (HasValue(buffer.AsSpan(start, length)))
                    {
                        yield return Read(buffer.AsSpan(start, length), type);
                    }

                    start += length + 1;
                    continue;
                }

                (buffer, start, end) = MakeRoom(buffer, start, end);
                var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                end += read;
            }

            if (HasValue(buffer.AsSpan(start, end - start)))
            {
                yield return Read(buffer.AsSpan(start, end - start), type);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The value of one line; <c>null</c> when it is of another kind, of another version or damaged.</summary>
    public static T? TryParse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T Read<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(line, type) ?? throw new JsonException("A line holds null where a record is expected.");

    private static bool HasValue(ReadOnlySpan<byte> line) => line.ContainsAnyExcept(" \t\r"u8);

    /// <summary>Moves an unfinished line to the front; where it fills the buffer, takes one of twice the size.</summary>
    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var rest = buffer.AsSpan(start, end - start);
        if (rest.Length < buffer.Length)
        {
            rest.CopyTo(buffer);
            return (buffer, 0, rest.Length);
        }

        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        rest.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return (larger, 0, rest.Length);
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
