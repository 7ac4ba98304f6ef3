using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>Values as AWS's messages show them: Step Functions runs Jayway JsonPath over Java collections.</summary>
internal static class JavaText
{
    private const int LongestText = 10_000;

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
