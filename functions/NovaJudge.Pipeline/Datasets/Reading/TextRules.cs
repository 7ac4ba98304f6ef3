using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What every text of every format must keep: no NUL, whole characters, not too long.</summary>
internal static class TextRules
{
    /// <summary>Adds the token's text to the arena, or says which rule it breaks.</summary>
    public static (string Rule, string Message)? Add(ref readonly Utf8JsonReader reader, TextArena arena, DatasetOptions options, out TextSlot slot)
    {
        slot = TextSlot.None;
        try
        {
            slot = arena.Add(in reader);
        }
        catch (InvalidOperationException)
        {
            return (DatasetRules.InvalidText, "holds an escape like \\ud83d without its other half, which is no character. Remove it.");
        }

        if (slot.Length > options.MaxPromptBytes)
        {
            return (DatasetRules.TooLong, TooLong(slot.Length, options));
        }

        return reader.ValueIsEscaped && arena[slot].Contains((byte)0)
            ? (DatasetRules.NulByte, "holds \\u0000, a NUL, which no text needs. Remove it.")
            : null;
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
