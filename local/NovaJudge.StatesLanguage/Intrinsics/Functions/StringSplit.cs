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

        // Split() without characters would split at white space.
        string[] pieces = delimiters.Length == 0 && text.Length > 0 ? [text] : text.Split(delimiters.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        return new JsonArray([.. pieces.Select(JsonValue.From)]);
    }
}
