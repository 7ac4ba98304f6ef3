using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.StringSplit(text, delimiters): the non-empty pieces between any of the delimiter characters.</summary>
internal static class StringSplit
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        const string wrongType = "Invalid arguments: both arguments must be strings";
        var text = Argument.Text(arguments, 0, wrongType);
        var delimiters = Argument.Text(arguments, 1, wrongType);

        var set = delimiters.EnumerateRunes().ToHashSet();
        var pieces = new List<JsonValue>();
        var from = 0;
        var at = 0;
        // By whole characters: an emoji is two chars, and half of one would be no text.
        foreach (var character in text.EnumerateRunes())
        {
            if (set.Contains(character))
            {
                Add(text[from..at]);
                from = at + character.Utf16SequenceLength;
            }

            at += character.Utf16SequenceLength;
        }

        Add(text[from..]);
        return new JsonArray([.. pieces]);

        void Add(string piece)
        {
            if (piece.Length > 0)
            {
                pieces.Add(JsonValue.From(piece));
            }
        }
    }
}
