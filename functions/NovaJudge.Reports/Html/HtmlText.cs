using System.Globalization;
using System.Text;

namespace NovaJudge.Reports.Html;

/// <summary>Foreign text in HTML, in an element or in a quoted attribute.</summary>
internal static class HtmlText
{
    /// <summary>
    /// Escapes what is markup. Control characters and those that turn the direction of the text around, which could make a name
    /// read as another one, are shown by their numbers.
    /// </summary>
    public static void Append(StringBuilder html, string? text)
    {
        for (var index = 0; index < text?.Length; index++)
        {
            var character = text[index];
            switch (character)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                case '\u00a0' or '\t' or '\n':
                    html.Append(character);
                    break;
                case var _ when char.IsControl(character) || IsDirection(character):
                    html.Append(CultureInfo.InvariantCulture, $"[U+{(int)character:X4}]");
                    break;
                case var _ when char.IsSurrogate(character) && !IsHalfOfPair(text, index):
                    html.Append('\ufffd');
                    break;
                default:
                    html.Append(character);
                    break;
            }
        }
    }

    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length + 16);
        Append(html, text);
        return html.ToString();
    }

    private static bool IsHalfOfPair(string text, int index) =>
        (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1])) || (index > 0 && char.IsSurrogatePair(text[index - 1], text[index]));

    private static bool IsDirection(char character) => character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
