using System.Buffers;
using System.Text;

namespace NovaJudge.Reports.Tables;

/// <summary>Foreign text as a field of a CSV file.</summary>
/// <remarks>
/// Spreadsheets run what begins with <c>= + - @</c> (OWASP, "CSV Injection"). An apostrophe goes before such a sign at the
/// beginning of a field, and also after white space and after the separators of any locale: a spreadsheet that takes ';' for the
/// separator sees cells where RFC 4180 sees none. The texts are therefore for reading; exact ones are in <c>responses/</c>.
/// </remarks>
internal static class CsvText
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t|\r\n\"");
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);
    private static readonly SearchValues<char> Stops = SearchValues.Create([.. ",;|\"", .. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/#()");

    public static void Append(StringBuilder line, string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            line.Append(text);
            return;
        }

        line.Append('"');
        var (from, at, exposed) = (0, 0, true);
        while (at < text.Length)
        {
            if (!exposed)
            {
                // Nothing happens before the next separator, so the search may leap: most of a text is copied in one piece.
                var leap = text.AsSpan(at).IndexOfAny(Stops);
                if (leap < 0)
                {
                    break;
                }

                at += leap;
            }

            var character = text[at];
            if (exposed && StartsFormula(character))
            {
                line.Append(text, from, at - from).Append('\'');
                from = at;
            }

            exposed = Separators.Contains(character) || Controls.Contains(character) || (exposed && char.IsWhiteSpace(character));
            if (character == '"' || (Controls.Contains(character) && character is not ('\t' or '\r' or '\n')))
            {
                line.Append(text, from, at - from).Append(character == '"' ? "\"\"" : "\ufffd");
                from = at + 1;
            }

            at++;
        }

        line.Append(text, from, text.Length - from).Append('"');
    }

    /// <summary>The four signs, and their full-width twins, which some spreadsheets take for them.</summary>
    private static bool StartsFormula(char character) => character is '=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20';
}
