using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.StringToJson(text): the value the text holds; a blank text holds null.</summary>
internal static class StringToJson
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var text = Argument.Text(arguments, 0, "Invalid arguments: the argument must be a string");
        if (string.IsNullOrWhiteSpace(text))
        {
            return JsonValue.Null;
        }

        return JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out var value)
            ? value
            : throw new IntrinsicException("Invalid arguments: the argument is not valid JSON");
    }
}
