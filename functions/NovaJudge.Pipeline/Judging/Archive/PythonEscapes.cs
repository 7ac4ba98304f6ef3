using System.Globalization;
using System.Text;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The backslash escapes of Python's string literals, of which JSON's are a part. What cannot be a character becomes U+FFFD.</summary>
internal static class PythonEscapes
{
    public static string Undo(ReadOnlySpan<char> text)
    {
        var output = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || ++at == text.Length)
            {
                output.Append(text[Math.Min(at, text.Length - 1)]);
                continue;
            }

            switch (text[at])
            {
                case 'n': output.Append('\n'); break;
                case 't': output.Append('\t'); break;
                case 'r': output.Append('\r'); break;
                case 'a': output.Append('\a'); break;
                case 'b': output.Append('\b'); break;
                case 'f': output.Append('\f'); break;
                case 'v': output.Append('\v'); break;
                case '\n': break;
                case 'x': at += Code(text[(at + 1)..], 2, output); break;
                case 'u': at += Code(text[(at + 1)..], 4, output); break;
                case 'U': at += Code(text[(at + 1)..], 8, output); break;
                case '\\' or '\'' or '"' or '/': output.Append(text[at]); break;
                case >= '0' and <= '7': at += Octal(text[at..], output) - 1; break;

                // Python keeps an escape that it does not know.
                default: output.Append('\\').Append(text[at]); break;
            }
        }

        return output.ToString();
    }

    private static int Code(ReadOnlySpan<char> text, int digits, StringBuilder output)
    {
        if (text.Length < digits || !uint.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
        {
            output.Append('\uFFFD');
            return 0;
        }

        _ = code <= 0xFFFF ? output.Append((char)code) : output.Append(char.ConvertFromUtf32((int)code));
        return digits;
    }

    private static int Octal(ReadOnlySpan<char> text, StringBuilder output)
    {
        var (length, code) = (0, 0);
        while (length < Math.Min(3, text.Length) && text[length] is >= '0' and <= '7')
        {
            code = (code * 8) + text[length++] - '0';
        }

        output.Append((char)code);
        return length;
    }
}
