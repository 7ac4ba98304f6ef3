using System.Globalization;
using System.Text;

namespace NovaJudge.Local.Storage;

/// <summary>
/// The journals of one run in one log: each line is the journal's name, a tab and the journal's line; a name alone says that
/// the journal is done with. The log is cut into segments; one whose journals are all done with is deleted, oldest first,
/// so that a journal can never come back.
/// </summary>
internal sealed class JournalLog : IDisposable
{
    /// <summary>Size at which a segment ends.</summary>
    internal const int DefaultSegmentBytes = 4 * 1024 * 1024;

    private const byte Tab = (byte)'\t';
    private const byte NewLine = (byte)'\n';

    private readonly string _folder;
    private readonly Lock _lock = new();
    private readonly List<Segment> _segments = [];
    private FileStream? _current;
    private byte[] _buffer = new byte[1024];

    private readonly int _segmentBytes;

    private JournalLog(string folder, int segmentBytes) => (_folder, _segmentBytes) = (folder, segmentBytes);

    /// <summary>Opens the log of a run, with what an earlier process left in it. A last line cut short by its end is no line.</summary>
    public static JournalLog Open(string folder, int segmentBytes = DefaultSegmentBytes)
    {
        var log = new JournalLog(folder, segmentBytes);
        var segments = from path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.log") : []
                       let number = int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
                       where number > 0
                       orderby number
                       select new Segment(path, number);
        foreach (var segment in segments)
        {
            log._segments.Add(segment);
            using var lines = new LogLines(segment.Path);
            while (lines.MoveNext())
            {
                var (name, isEnd) = NameOf(lines.Current);
                if (!isEnd)
                {
                    segment.Holds(name, lines.Start, lines.End);
                }
                else
                {
                    log._segments.ForEach(earlier => earlier.Open.Remove(name));
                }
            }
        }

        return log;
    }

    /// <summary>The lines of one journal. Nothing but where they lie is kept: a log may hold more than fits into memory.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(string name)
    {
        lock (_lock)
        {
            var prefix = Encoding.UTF8.GetBytes($"{name}\t");
            var found = new List<ReadOnlyMemory<byte>>();
            foreach (var segment in _segments)
            {
                if (segment.Open.TryGetValue(name, out var extent))
                {
                    using var lines = new LogLines(segment.Path, extent.First, extent.End);
                    while (lines.MoveNext())
                    {
                        if (lines.Current.StartsWith(prefix))
                        {
                            found.Add(lines.Current[prefix.Length..].ToArray());
                        }
                    }
                }
            }

            return found;
        }
    }

    public void Append(string name, ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            var (first, end) = Write(name, line, isEnd: false);
            _segments[^1].Holds(name, first, end);
        }
    }

    /// <summary>Forgets a journal.</summary>
    public void Delete(string name)
    {
        lock (_lock)
        {
            var known = false;
            _segments.ForEach(segment => known |= segment.Open.Remove(name));
            if (!known)
            {
                return;
            }

            if (_segments.TrueForAll(segment => segment.Open.Count == 0))
            {
                Clear();
                return;
            }

            Write(name, [], isEnd: true);
            while (_segments.Count > 1 && _segments[0].Open.Count == 0)
            {
                File.Delete(_segments[0].Path);
                _segments.RemoveAt(0);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            EndSegment();
        }
    }

    /// <summary>One write call for one line: lines never interleave and none waits in this process. Returns where it lies.</summary>
    private (long First, long End) Write(string name, ReadOnlySpan<byte> line, bool isEnd)
    {
        var length = Encoding.UTF8.GetMaxByteCount(name.Length) + line.Length + 2;
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        var end = Encoding.UTF8.GetBytes(name, _buffer);
        if (!isEnd)
        {
            _buffer[end++] = Tab;
            line.CopyTo(_buffer.AsSpan(end));
            end += line.Length;
        }

        _buffer[end++] = NewLine;
        var file = _current ??= NextSegment();
        var first = file.Position;
        try
        {
            file.Write(_buffer, 0, end);
        }
        catch (IOException)
        {
            // A part of the line may lie there, and the next line must not be taken for the rest of it.
            EndSegment();
            throw;
        }

        if (first + end > _segmentBytes)
        {
            EndSegment();
        }

        return (first, first + end);
    }

    private void EndSegment()
    {
        _current?.Dispose();
        _current = null;
    }

    private FileStream NextSegment()
    {
        Directory.CreateDirectory(_folder);
        var number = _segments.Count == 0 ? 1 : _segments[^1].Number + 1;
        var segment = new Segment(Path.Combine(_folder, $"{number:D6}.log"), number);
        _segments.Add(segment);
        return new FileStream(segment.Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private void Clear()
    {
        EndSegment();
        _segments.ForEach(segment => File.Delete(segment.Path));
        _segments.Clear();
        if (!Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            Directory.Delete(_folder);
        }
    }

    private static (string Name, bool IsEnd) NameOf(ReadOnlySpan<byte> line)
    {
        var tab = line.IndexOf(Tab);
        return (Encoding.UTF8.GetString(tab < 0 ? line : line[..tab]), tab < 0);
    }

    /// <param name="Path">Its file.</param>
    /// <param name="Number">Its place in the log.</param>
    private sealed record Segment(string Path, int Number)
    {
        /// <summary>Journals with lines in it that are not done with, and the part of the file that these lie in, among others' lines.</summary>
        public Dictionary<string, (long First, long End)> Open { get; } = new(StringComparer.Ordinal);

        public void Holds(string name, long first, long end) => Open[name] = (Open.TryGetValue(name, out var known) ? known.First : first, end);
    }
}
