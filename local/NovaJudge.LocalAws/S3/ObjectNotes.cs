using System.Collections.Concurrent;
using System.Globalization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.S3;

/// <summary>What S3 knows of an object beside its content: user metadata, and an ETag that changes with every write.</summary>
internal sealed class ObjectNotes
{
    private readonly ConcurrentDictionary<ObjectKey, (int Version, IReadOnlyDictionary<string, string> Metadata)> _notes = new();

    /// <summary>Notes a write.</summary>
    public void Wrote(ObjectKey key, IReadOnlyDictionary<string, string> metadata) =>
        _notes.AddOrUpdate(key, static (_, given) => (1, given), static (_, old, given) => (old.Version + 1, given), metadata);

    public IReadOnlyDictionary<string, string> Metadata(ObjectKey key) =>
        _notes.TryGetValue(key, out var note) ? note.Metadata : new Dictionary<string, string>();

    /// <summary>Not the content's hash: the hyphen tells clients so, as it does for objects that went up in parts.</summary>
    public string ETag(ObjectKey key, long size) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{size:x}-{(_notes.TryGetValue(key, out var note) ? note.Version : 0)}\"");
}
