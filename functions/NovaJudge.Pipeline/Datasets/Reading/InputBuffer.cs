using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>
/// A window over a stream that knows line numbers and byte offsets, and lets only text through:
/// every byte is checked once for valid UTF-8 and for NUL before a parser sees it.
/// </summary>
internal sealed class InputBuffer(Stream stream, DatasetOptions options) : IDisposable
{
    private const int InitialSize = 128 * 1024;
    private const int LeastRead = 32 * 1024;

    private readonly long longest = 16L * options.MaxPromptBytes + InitialSize;
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int start;
    private int end;
    private int counted;
    private int validated;
    private long discarded;
    private long line = 1;
    private DatasetException? fault;

    public DatasetOptions Options => options;

    /// <summary>The stream has ended; what is unread is all there is.</summary>
    public bool IsFinal { get; private set; }

    public ReadOnlySpan<byte> Unread => bytes.AsSpan(start, end - start);

    /// <summary>The byte offset of the first unread byte in the stream, from 0.</summary>
    public long Offset => discarded + start;

    /// <summary>The line of an unread byte, from 1; asked for in ascending order.</summary>
    public long LineAt(int position)
    {
        var absolute = start + position;
        if (absolute > counted)
        {
            line += bytes.AsSpan(counted, absolute - counted).Count((byte)'\n');
            counted = absolute;
        }

        return line;
    }

    public void Advance(int count) => start += count;

    /// <summary>Adds bytes behind the unread ones, or sets <see cref="IsFinal"/>.</summary>
    /// <exception cref="DatasetException">Not UTF-8 text, or one value fills the largest window allowed.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (fault is not null)
        {
            throw fault;
        }

        if (IsFinal)
        {
            return;
        }

        MakeRoom();
        var free = bytes.AsMemory(end);
        var read = await stream.ReadAtLeastAsync(free, Math.Min(free.Length, LeastRead), throwOnEndOfStream: false, cancellationToken);
        IsFinal = read < Math.Min(free.Length, LeastRead);
        var first = Offset == 0 && validated == 0;
        end += read;
        if (first)
        {
            FileSignature.RefuseOtherThanText(Unread, options.Name);
            SkipByteOrderMark();
        }

        Validate();
    }

    public DatasetException Error(int position, string rule, string message, Exception? cause = null) =>
        new(options.Name, LineAt(position), rule, message, cause);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        start = end = 0;
    }

    private void MakeRoom()
    {
        LineAt(0);
        var unread = end - start;
        var target = bytes;
        if (unread > bytes.Length / 2)
        {
            if (unread >= longest)
            {
                throw Error(0, DatasetRules.TooLong,
                    $"one line or value is longer than {longest:N0} bytes, so it was given up unread; texts may have {options.MaxPromptBytes:N0} bytes. Shorten or remove it.");
            }

            target = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        }

        bytes.AsSpan(start, unread).CopyTo(target);
        if (target != bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = target;
        }

        discarded += start;
        counted -= start;
        validated -= start;
        start = 0;
        end = unread;
    }

    private void SkipByteOrderMark()
    {
        if (Unread.StartsWith("\uFEFF"u8))
        {
            start = counted = validated = 3;
        }
    }

    // Bytes behind a fault are not shown, and the fault is raised when they are asked for: what is wrong before it in
    // the file is said first, however the stream was cut into pieces.
    private void Validate()
    {
        var fresh = bytes.AsSpan(validated, end - validated);
        var whole = IsFinal ? fresh.Length : fresh.Length - IncompleteTail(fresh);
        var nul = fresh[..whole].IndexOf((byte)0);
        var text = fresh[..(nul < 0 ? whole : nul)];
        if (!Utf8.IsValid(text))
        {
            var position = validated + FirstInvalid(text);
            Stop(position, DatasetRules.InvalidUtf8, $"byte {discarded + position:N0} (0x{bytes[position]:X2}) is not valid UTF-8. Save the file as UTF-8.");
        }
        else if (nul >= 0)
        {
            Stop(validated + nul, DatasetRules.NulByte, $"byte {discarded + validated + nul:N0} is NUL, which no text holds. Remove it, or check that the file was copied whole.");
        }
        else
        {
            validated += whole;
        }
    }

    private void Stop(int position, string rule, string message)
    {
        fault = new DatasetException(options.Name, LineOf(position), rule, message);
        end = validated = position;
        IsFinal = false;
    }

    private long LineOf(int absolute) => line + bytes.AsSpan(counted, absolute - counted).Count((byte)'\n');

    private static int IncompleteTail(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= 3 && back <= text.Length; back++)
        {
            var lead = text[^back];
            var length = lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, >= 0x80 => 0, _ => 1 };
            if (length != 0)
            {
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out var consumed) == OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }
}
