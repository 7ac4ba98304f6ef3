using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.Format(template, …): the template with each `{}` replaced by the next argument.</summary>
/// <remarks>A backslash before a brace makes the brace itself; the parser keeps those escapes in the template for this purpose.</remarks>
internal static class Format
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var template = Argument.Text(arguments, 0, "Invalid arguments: the first argument must be a string");
        var result = new StringBuilder(template.Length);
        var next = 1;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c == '\\' && i + 1 < template.Length && template[i + 1] is '{' or '}' or '\\')
            {
                result.Append(template[++i]);
            }
            else if (c == '{' && i + 1 < template.Length && template[i + 1] == '}')
            {
                i++;
                result.Append(next < arguments.Length ? Show(arguments[next++]) : throw Mismatch());
            }
            else
            {
                result.Append(c);
            }
        }

        return next == arguments.Length ? JsonValue.From(result.ToString()) : throw Mismatch();
    }

    private static string Show(JsonValue value) => value is JsonString text ? text.Text : value.ToString();

    private static IntrinsicException Mismatch() =>
        new("Invalid arguments: the number of occurrences of {} must match the number of arguments");
}
