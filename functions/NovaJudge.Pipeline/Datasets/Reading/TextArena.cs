using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>The place of a text in a <see cref="TextArena"/>.</summary>
internal readonly record struct TextSlot(int Offset, int Length)
{
    public static readonly TextSlot None = new(0, -1);

    public bool IsPresent => Length >= 0;
}

/// <summary>Unescaped UTF-8 texts of the records being read, in one pooled block that is used again and again.</summary>
internal sealed class TextArena : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int used;

    /// <summary>Bytes in use.</summary>
    public int Used => used;

    public ReadOnlySpan<byte> this[TextSlot slot] => bytes.AsSpan(slot.Offset, slot.Length);

    public string? Text(TextSlot slot) => slot.IsPresent ? Encoding.UTF8.GetString(this[slot]) : null;

    public void Clear() => used = 0;

    public TextSlot Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        return Taken(text.Length);
    }

    /// <summary>Adds the value of a string, number or literal token.</summary>
    /// <exception cref="InvalidOperationException">An escape stands for half a surrogate pair.</exception>
    public TextSlot AddUnescaped(ref readonly Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Add(reader.ValueSpan);
        }

        var room = Room(reader.ValueSpan.Length);
        return Taken(reader.CopyString(room));
    }

    /// <summary>Adds a CSV cell, whose doubled quotes stand for one.</summary>
    public TextSlot AddUnquoted(ReadOnlySpan<byte> cell)
    {
        var room = Room(cell.Length);
        var length = 0;
        for (var quote = cell.IndexOf((byte)'"'); quote >= 0; quote = cell.IndexOf((byte)'"'))
        {
            cell[..(quote + 1)].CopyTo(room[length..]);
            length += quote + 1;
            cell = cell[(quote + 2)..];
        }

        cell.CopyTo(room[length..]);
        return Taken(length + cell.Length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private TextSlot Taken(int length)
    {
        var slot = new TextSlot(used, length);
        used += length;
        return slot;
    }

    private Span<byte> Room(int length)
    {
        if (bytes.Length - used < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Max(2L * bytes.Length, (long)used + length)));
            bytes.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsSpan(used);
    }
}
