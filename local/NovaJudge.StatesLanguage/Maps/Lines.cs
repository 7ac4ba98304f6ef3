using System.Buffers;
using System.Runtime.CompilerServices;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>The lines of a stream, without their line feeds. A line is valid until the next one is asked for.</summary>
internal static class Lines
{
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (start, end, searched) = (0, 0, 0);
            while (true)
            {
                var feed = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
                if (feed >= 0)
                {
                    yield return buffer.AsMemory(start, searched + feed - start);
                    start = searched = searched + feed + 1;
                    continue;
                }

                searched = end;
                if (end == buffer.Length)
                {
                    buffer = MakeRoom(buffer, start, end);
                    (start, end, searched) = (0, end - start, end - start);
                }

                var read = await content.ReadAsync(buffer.AsMemory(end), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                end += read;
            }

            if (end > start)
            {
                yield return buffer.AsMemory(start, end - start);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] MakeRoom(byte[] buffer, int start, int end)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
