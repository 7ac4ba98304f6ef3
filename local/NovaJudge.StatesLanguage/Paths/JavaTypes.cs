using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>The Java class names and texts that AWS's messages show: Step Functions runs Jayway JsonPath over Java collections.</summary>
internal static class JavaTypes
{
    public const string Provider = "com.jayway.jsonpath.spi.json.JacksonJsonProvider";

    private const int LongestText = 10_000;

    public static string Name(JsonValue value) => value switch
    {
        JsonString => "java.lang.String",
        JsonNumber { IsInteger: false } => "java.lang.Double",
        JsonNumber number when number.TryGetInt64(out var integer) => integer is >= int.MinValue and <= int.MaxValue ? "java.lang.Integer" : "java.lang.Long",
        JsonNumber => "java.math.BigInteger",
        JsonArray => "java.util.ArrayList",
        JsonObject => "java.util.LinkedHashMap",
        { Kind: JsonKind.Null } => "null",
        _ => "java.lang.Boolean",
    };

    /// <summary>As Java's toString() shows collections: {name=value, list=[1, 2]}. Cut off when very long or nested.</summary>
    public static string Show(JsonValue value)
    {
        var text = new StringBuilder();
        Append(value, text, depth: 0);
        return text.ToString();
    }

    private static void Append(JsonValue value, StringBuilder text, int depth)
    {
        if (text.Length > LongestText || depth > 100)
        {
            text.Append('…');
            return;
        }

        switch (value)
        {
            case JsonString plain:
                text.Append(plain.Text);
                break;
            case JsonArray array:
                text.Append('[');
                for (var i = 0; i < array.Count && text.Length <= LongestText; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(array[i], text, depth + 1);
                }

                text.Append(']');
                break;
            case JsonObject map:
                text.Append('{');
                for (var i = 0; i < map.Count && text.Length <= LongestText; i++)
                {
                    var (name, child) = map.Properties[i];
                    text.Append(i == 0 ? "" : ", ").Append(name).Append('=');
                    Append(child, text, depth + 1);
                }

                text.Append('}');
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
