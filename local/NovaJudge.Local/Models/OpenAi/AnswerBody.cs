using System.Buffers;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>The whole body of an answer in a borrowed buffer; disposing gives the buffer back.</summary>
internal readonly struct AnswerBody : IDisposable
{
    private const int UsualBytes = 4096;
    private readonly byte[] _buffer;
    private readonly int _length;

    private AnswerBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>The body, without the mark of UTF-8 that some servers put before it.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length) is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : _buffer.AsSpan(0, _length);

    /// <exception cref="HttpRequestException">The body is longer than <paramref name="longest"/>.</exception>
    /// <exception cref="IOException">The connection ended before the body did.</exception>
    public static async ValueTask<AnswerBody> ReadAsync(HttpContent content, int longest, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > longest)
        {
            throw TooLong(longest);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)(announced ?? UsualBytes) + 1);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            for (var length = 0; ;)
            {
                var read = length == announced ? 0 : await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                {
                    return new AnswerBody(buffer, length);
                }

                length += read;
                if (length > longest)
                {
                    throw TooLong(longest);
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static HttpRequestException TooLong(int longest) => new($"the answer is longer than {longest:N0} bytes");
}
