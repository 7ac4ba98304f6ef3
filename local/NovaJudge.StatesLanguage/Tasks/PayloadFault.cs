using System.Text;
using System.Text.Json;

namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>
/// Lambda's words for a payload that is no JSON: those of the Java library Jackson, as aws-lambda-power-tuning#148 quotes them. Only an
/// unknown word, which is what a plain text as payload amounts to, is worded so; for other faults the words are this interpreter's.
/// </summary>
internal static class PayloadFault
{
    /// <summary>Jackson quotes so much of the text.</summary>
    private const int Quoted = 500;

    public static string Describe(string payload, JsonException fault)
    {
        var text = payload.TrimStart();
        var indent = payload.Length - text.Length;
        var word = 0;
        while (word < text.Length && (char.IsLetterOrDigit(text[word]) || text[word] is '_' or '$'))
        {
            word++;
        }

        if (word == 0 || char.IsAsciiDigit(text[0]) || IsLiteral(text[..word]) || payload.AsSpan(0, indent).Contains('\n'))
        {
            return fault.Message;
        }

        // The reader has already taken the character that ends the word.
        var column = Encoding.UTF8.GetByteCount(payload.AsSpan(0, indent + Math.Min(word + 1, text.Length))) + 1;
        return $"Could not parse payload into json: Unrecognized token '{text[..word]}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n"
            + $" at [Source: (byte[]){Quote(payload)}; line: 1, column: {column}]";
    }

    private static bool IsLiteral(string word) => word is "true" or "false" or "null";

    private static string Quote(string payload)
    {
        var utf8 = Encoding.UTF8.GetBytes(payload);
        return utf8.Length <= Quoted
            ? $"\"{payload}\""
            : $"\"{Encoding.UTF8.GetString(utf8.AsSpan(0, Quoted))}\"[truncated {utf8.Length - Quoted} bytes]";
    }
}
