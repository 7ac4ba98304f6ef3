using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.Base64Encode(text): the MIME Base64 of the text's UTF-8 bytes.</summary>
internal static class Base64Encode
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var text = Argument.Text(arguments, 0, "Invalid arguments: the argument must be a string");
        return text.Length <= Argument.LongestText
            ? JsonValue.From(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))
            : throw new IntrinsicException($"Invalid arguments: the argument must not be longer than {Argument.LongestText} characters");
    }
}
