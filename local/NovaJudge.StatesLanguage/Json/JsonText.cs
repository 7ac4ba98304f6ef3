using System.Buffers;
using System.Text;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Quoting of strings: only what JSON demands is escaped, so text in any script stays readable.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> NeedEscape =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    public static long QuotedSize(string text)
    {
        long size = 2 + Encoding.UTF8.GetByteCount(text);
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAny(NeedEscape)) >= 0; rest = rest[(at + 1)..])
        {
            size += rest[at] is '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' ? 1 : 5;
        }

        return size;
    }

    public static void WriteQuoted(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        Put(output, (byte)'"');
        for (int at; (at = text.IndexOfAny(NeedEscape)) >= 0; text = text[(at + 1)..])
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            WriteEscape(text[at], output);
        }

        Encoding.UTF8.GetBytes(text, output);
        Put(output, (byte)'"');
    }

    public static void Put(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void WriteEscape(char character, IBufferWriter<byte> output)
    {
        output.Write(character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => Encoding.ASCII.GetBytes($"\\u{(int)character:X4}"),
        });
    }
}
