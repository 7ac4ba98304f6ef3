using System.Globalization;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Choices;

/// <summary>Timestamps as the States Language has them: RFC 3339 with capital T, and a capital Z where there is no offset.</summary>
internal static class Timestamp
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    public static DateTimeOffset? Read(JsonValue value) => value is JsonString text ? Read(text.Text) : null;

    public static DateTimeOffset? Read(string text) =>
        text.Length is > 18 and < 64
        && DateTimeOffset.TryParseExact(Shorten(text), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // .NET keeps seven fractional digits; further ones are valid and cut off.
    private static string Shorten(string text)
    {
        if (text.Length <= 27 || text[19] != '.')
        {
            return text;
        }

        var end = 20;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > 27 ? string.Concat(text.AsSpan(0, 27), text.AsSpan(end)) : text;
    }
}
