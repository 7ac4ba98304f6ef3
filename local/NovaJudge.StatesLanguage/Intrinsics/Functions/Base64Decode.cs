using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.Base64Decode(text): the UTF-8 text behind MIME Base64.</summary>
internal static class Base64Decode
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var text = Argument.Text(arguments, 0, "Invalid arguments: the argument must be a string");
        if (text.Length > Argument.LongestText)
        {
            throw new IntrinsicException($"Invalid arguments: the argument must not be longer than {Argument.LongestText} characters");
        }

        try
        {
            return JsonValue.From(Encoding.UTF8.GetString(Convert.FromBase64String(Padded(text))));
        }
        catch (FormatException)
        {
            throw new IntrinsicException("Invalid arguments: the argument is not valid Base64");
        }
    }

    /// <summary>Java's decoders take what lacks its padding.</summary>
    private static string Padded(string text)
    {
        var characters = text.Count(static c => !char.IsWhiteSpace(c));
        return characters % 4 > 1 && !text.Contains('=', StringComparison.Ordinal) ? text + new string('=', 4 - (characters % 4)) : text;
    }
}
