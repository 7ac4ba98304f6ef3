using System.Buffers;
using System.Text;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Quoting of strings: only what JSON demands is escaped, so text in any script stays readable.</summary>
internal static class JsonText
{
    public static readonly SearchValues<char> NeedEscape =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    public static long QuotedSize(string text)
    {
        long size = 2 + Encoding.UTF8.GetByteCount(text);
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAny(NeedEscape)) >= 0; rest = rest[(at + 1)..])
        {
            size += Escape(rest[at]).Length - 1;
        }

        return size;
    }

    public static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:X4}",
    };
}
