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
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t|' =+-@");
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t|\r\n\"");

    public static void Append(StringBuilder line, string text)
    {
        if (text.AsSpan().IndexOfAny(Quoted) < 0 && !text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\uff00', '\uffff'))
        {
            line.Append(text);
            return;
        }

        line.Append('"');
        var exposed = true;
        foreach (var character in text)
        {
            if (exposed && StartsFormula(character))
            {
                line.Append('\'');
            }

            exposed = Separators.Contains(character) || (exposed && char.IsWhiteSpace(character)) || char.IsControl(character);
            line.Append(character switch
            {
                '"' => "\"\"",
                _ when char.IsControl(character) && character is not ('\t' or '\r' or '\n') => "\ufffd",
                _ => null,
            } ?? character.ToString());
        }

        line.Append('"');
    }

    /// <summary>The four signs, and their full-width twins, which some spreadsheets take for them.</summary>
    private static bool StartsFormula(char character) => character is '=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20';
}
