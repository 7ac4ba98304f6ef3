using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What every text of every format must keep: no NUL, whole characters, not too long.</summary>
internal static class TextRules
{
    /// <summary>Adds the token's text to the arena; false when it breaks a rule, which <see cref="Broken"/> then names.</summary>
    public static bool TryAdd(ref readonly Utf8JsonReader reader, TextArena arena, DatasetOptions options, out TextSlot slot)
    {
        if (!reader.ValueIsEscaped && reader.ValueSpan.Length <= options.MaxPromptBytes)
        {
            slot = arena.Add(reader.ValueSpan);
            return true;
        }

        return TryAddEscaped(in reader, arena, options, out slot);
    }

    public static (string Rule, string Message) Broken(TextSlot slot, DatasetOptions options) =>
        !slot.IsPresent ? (DatasetRules.InvalidText, "holds an escape like \\ud83d without its other half, which is no character. Remove it.")
        : slot.Length > options.MaxPromptBytes ? (DatasetRules.TooLong, TooLong(slot.Length, options))
        : (DatasetRules.NulByte, "holds \\u0000, a NUL, which no text needs. Remove it.");

    private static bool TryAddEscaped(ref readonly Utf8JsonReader reader, TextArena arena, DatasetOptions options, out TextSlot slot)
    {
        try
        {
            slot = arena.AddUnescaped(in reader);
        }
        catch (InvalidOperationException)
        {
            slot = TextSlot.None;
            return false;
        }

        return slot.Length <= options.MaxPromptBytes && !arena[slot].Contains((byte)0);
    }

    public static string TooLong(long length, DatasetOptions options) =>
        $"has {length:N0} bytes, and at most {options.MaxPromptBytes:N0} are allowed. Shorten or remove it.";

    public static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
