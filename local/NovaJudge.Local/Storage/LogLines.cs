namespace NovaJudge.Local.Storage;

/// <summary>
/// The whole lines of a part of a log, one at a time over one buffer: a log may be larger than anybody wants to hold. A last line
/// without its end is no line.
/// </summary>
internal sealed class LogLines : IDisposable
{
    private const int FirstBuffer = 32 * 1024;
    private const byte NewLine = (byte)'\n';

    private readonly FileStream _file;
    private readonly long _end;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _lineStart;
    private int _lineLength;
    private int _filled;
    private long _bufferAt;

    /// <param name="path">The file; others may write to it meanwhile.</param>
    /// <param name="from">Where its part begins, at the start of a line.</param>
    /// <param name="to">Where its part ends.</param>
    public LogLines(string path, long from = 0, long to = long.MaxValue)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) { Position = from };
        (_bufferAt, _end) = (from, to);
        _lineLength = -1;
    }

    /// <summary>The line, without its end; until the next one is asked for.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Where the line begins in the file.</summary>
    public long Start => _bufferAt + _lineStart;

    /// <summary>Where the next line begins.</summary>
    public long End => Start + _lineLength + 1;

    /// <summary>Goes to the next line; false after the last.</summary>
    public bool MoveNext()
    {
        var next = _lineStart + _lineLength + 1;
        var searched = next;
        while (true)
        {
            if (_buffer.AsSpan(searched, _filled - searched).IndexOf(NewLine) is >= 0 and var length)
            {
                (_lineStart, _lineLength) = (next, searched - next + length);
                return true;
            }

            searched = _filled - next;
            Keep(next);
            next = 0;
            var room = (int)Math.Min(_buffer.Length - _filled, _end - _bufferAt - _filled);
            var read = room <= 0 ? 0 : _file.Read(_buffer, _filled, room);
            if (read == 0)
            {
                (_lineStart, _lineLength) = (_filled, -1);
                return false;
            }

            _filled += read;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Moves the begun line to the front, and makes room for more of it.</summary>
    private void Keep(int from)
    {
        var begun = _buffer.AsSpan(from, _filled - from);
        var target = begun.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        begun.CopyTo(target);
        (_bufferAt, _filled, _buffer) = (_bufferAt + from, begun.Length, target);
    }
}
