using System.Globalization;
using System.Text;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>Writes text as a Python string literal.</summary>
internal static class PythonText
{
    public static void Append(StringBuilder output, string text)
    {
        output.Append('\'');
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' or '\'' => output.Append('\\').Append(character),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                < ' ' or '\u007f' => output.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => output.Append(character),
            };
        }

        output.Append('\'');
    }
}
