using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>
/// A cursor over the records of one stream. It makes no string before <see cref="ToRecord"/>, so that a scan of a large
/// file to choose a few records costs only the parsing.
/// </summary>
internal abstract class RecordSource(InputBuffer input) : IDisposable
{
    protected TextArena Texts { get; } = new();

    protected List<TextSlot> References { get; } = [];

    protected RecordSlots Current;

    protected InputBuffer Input => input;

    public abstract DatasetFormat Format { get; }

    /// <summary>Every record of this source brings both responses.</summary>
    public virtual bool HasResponses => false;

    public long Line => Current.Line;

    /// <summary>Where the record stands, for formats in which the line does not say enough.</summary>
    public virtual string? Path => null;

    public bool Unanswerable => Current.Unanswerable;

    /// <summary>The article a SQuAD record belongs to; its title may become known only after its records.</summary>
    public virtual SquadArticle? Article => null;

    public bool HasId => Current.Id.IsPresent;

    /// <summary>The id as UTF-8; only when <see cref="HasId"/>.</summary>
    public ReadOnlySpan<byte> Id => Texts[Current.Id];

    public ReadOnlySpan<byte> Cluster => Current.Cluster.IsPresent ? Texts[Current.Cluster] : default;

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="DatasetException">The data breaks a rule of its format.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The present record with its own id or the one given.</summary>
    public DatasetRecord ToRecord(string? derivedId) => new()
    {
        Id = Texts.Text(Current.Id) ?? derivedId ?? throw new InvalidOperationException("A record without an id needs a derived one."),
        Prompt = Texts.Text(Current.Prompt)!,
        Context = ContextString,
        References = ReferenceTexts(),
        Category = CategoryString,
        Cluster = ClusterString,
        ResponseA = Texts.Text(Current.ResponseA),
        ResponseB = Texts.Text(Current.ResponseB),
        Unanswerable = Current.Unanswerable,
    };

    /// <summary>The first 8 bytes of SHA-256 over prompt, context and responses, each after its length: equal in every format and on every machine.</summary>
    public ulong ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Current.Prompt.IsPresent, Texts[Current.Prompt]);
        Append(hash, HasContext, ContextText);
        Append(hash, Current.ResponseA.IsPresent, Current.ResponseA.IsPresent ? Texts[Current.ResponseA] : default);
        Append(hash, Current.ResponseB.IsPresent, Current.ResponseB.IsPresent ? Texts[Current.ResponseB] : default);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The rules of a line or row once all its fields are known.</summary>
    protected void CheckRecord()
    {
        Require(RecordField.Prompt, Current.Prompt);
        if (HasResponses)
        {
            Require(RecordField.ResponseA, Current.ResponseA);
            Require(RecordField.ResponseB, Current.ResponseB);
        }

        if (Texts[Current.Prompt].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw Error(DatasetRules.EmptyText, "\"prompt\" is empty. Give it a text or remove the record.");
        }

        if (Current.Id.Length == 0)
        {
            throw Error(DatasetRules.EmptyText, "\"id\" is empty. Give it a value, or leave the field out and one is made from the content.");
        }

        var length = (long)Current.Prompt.Length + Math.Max(0, Current.Context.Length);
        if (length > input.Options.MaxPromptBytes)
        {
            throw Error(DatasetRules.TooLong, $"\"prompt\" with \"context\" {TextRules.TooLong(length, input.Options)}");
        }
    }

    protected DatasetException Error(string rule, string message, Exception? cause = null) =>
        new(input.Options.Name, Current.Line, rule, message, cause);

    private void Require(RecordField field, TextSlot slot)
    {
        if (!slot.IsPresent)
        {
            throw Error(DatasetRules.MissingField, $"\"{RecordFields.Name(field)}\" is missing. Add it or remove the record.");
        }
    }

    protected virtual bool HasContext => Current.Context.IsPresent;

    protected virtual string? ContextString => Texts.Text(Current.Context);

    protected virtual string? CategoryString => Texts.Text(Current.Category);

    /// <summary>Null also when an article's title is still to come.</summary>
    protected virtual string? ClusterString => Texts.Text(Current.Cluster);

    protected virtual ReadOnlySpan<byte> ContextText => HasContext ? Texts[Current.Context] : default;

    protected virtual void Dispose(bool disposing) => Texts.Dispose();

    private static void Append(IncrementalHash hash, bool present, ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, present ? text.Length : -1);
        hash.AppendData(length);
        hash.AppendData(text);
    }

    private List<string>? ReferenceTexts()
    {
        if (Current.ReferenceCount < 0)
        {
            return null;
        }

        var texts = new List<string>(Current.ReferenceCount);
        for (var i = 0; i < Current.ReferenceCount; i++)
        {
            var slot = References[Current.FirstReference + i];
            if (!Repeats(i, slot))
            {
                texts.Add(Texts.Text(slot)!);
            }
        }

        return texts;
    }

    // SQuAD's annotators mostly agree word for word; the maximum over equal golds is the same, so one is kept.
    // Looking back no further than 16 keeps a hostile list of a million references linear.
    private bool Repeats(int index, TextSlot slot)
    {
        for (var earlier = Math.Max(0, index - 16); earlier < index; earlier++)
        {
            if (Texts[References[Current.FirstReference + earlier]].SequenceEqual(Texts[slot]))
            {
                return true;
            }
        }

        return false;
    }
}
