using System.Text;
using System.Text.Json;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>What is wrong with a text that is no JSON, in words that end up in causes and on consoles, with lines and columns from 1.</summary>
internal static class JsonFault
{
    public static JsonException Describe(ReadOnlySpan<byte> utf8, JsonException fault)
    {
        if (utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return new JsonException("The text holds no JSON value.", fault);
        }

        var (line, column) = ((int)(fault.LineNumber ?? 0), (int)(fault.BytePositionInLine ?? 0));
        var rest = utf8;
        for (var i = 0; i < line && rest.IndexOf((byte)'\n') is >= 0 and var end; i++)
        {
            rest = rest[(end + 1)..];
        }

        rest = rest[Math.Min(column, rest.Length)..];
        var message = rest.IndexOfAnyExcept(" \t\r\n"u8) < 0
            ? "The text ends inside a JSON value."
            : $"Unexpected {Show(rest)} in line {line + 1}, column {column + 1}.";
        return new JsonException(message, fault.Path, fault.LineNumber, fault.BytePositionInLine, fault);
    }

    private static string Show(ReadOnlySpan<byte> text)
    {
        var isCharacter = Rune.DecodeFromUtf8(text, out var character, out _) == System.Buffers.OperationStatus.Done && !Rune.IsControl(character);
        return isCharacter ? $"'{character}'" : $"byte 0x{text[0]:X2}";
    }
}
