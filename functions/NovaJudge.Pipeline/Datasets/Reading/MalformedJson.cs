using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>Reads the parser's complaint for a person.</summary>
internal static class MalformedJson
{
    private const int LongestQuote = 24;

    /// <summary>The reason without the position, which the message gives in its own way, and without a long quotation: a wrong literal is quoted with all that follows it.</summary>
    public static string Reason(JsonException malformed)
    {
        var position = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = position < 0 ? malformed.Message : malformed.Message[..position];
        var quoted = reason.LastIndexOf("' is ", StringComparison.Ordinal);
        if (reason.StartsWith('\'') && quoted > LongestQuote)
        {
            reason = $"{reason[..LongestQuote]}…{reason[quoted..]}";
        }

        return string.Concat(reason.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    /// <summary>Nothing is wrong but the end: more bytes could have made it whole.</summary>
    public static bool OnlyUnfinished(ReadOnlySpan<byte> json, JsonReaderState state)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
