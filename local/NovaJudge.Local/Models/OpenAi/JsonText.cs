using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>Texts of JSON as models write them: cut off in the middle of a character, if need be.</summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text at the reader; half a surrogate pair, or bytes that are no UTF-8, become U+FFFD.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An answer that ends with its last token can end between the halves of an emoji.
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <param name="text">A text whose escapes the reader has found well formed.</param>
    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            plain.Append(text[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)int.Parse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            at += text[at] == 'u' ? 4 : 0;
        }

        for (var at = 0; at < plain.Length; at++)
        {
            if (char.IsHighSurrogate(plain[at]) && at + 1 < plain.Length && char.IsLowSurrogate(plain[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(plain[at]))
            {
                plain[at] = Replacement;
            }
        }

        return plain.ToString();
    }
}
