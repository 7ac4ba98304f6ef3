using System.Globalization;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Choices;

/// <summary>Timestamps in the ISO-8601 extended offset date-time format: seconds may be missing, an offset may not.</summary>
internal static class Timestamp
{
    private const int LongestFraction = 9;

    public static DateTimeOffset? Read(JsonValue value) => value is JsonString text ? Read(text.Text) : null;

    public static DateTimeOffset? Read(ReadOnlySpan<char> text)
    {
        if (text.Length < 17 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return null;
        }

        var rest = text[16..];
        if (ReadSeconds(ref rest) is not { } seconds || ReadOffset(rest) is not { } offset)
        {
            return null;
        }

        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks + seconds.Ticks - offset.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    /// <summary>In milliseconds, and without a fraction where it would be all zeros, as AWS documents it.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(
        time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        CultureInfo.InvariantCulture);

    private static TimeSpan? ReadSeconds(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length < 3 || rest[0] != ':')
        {
            return TimeSpan.Zero;
        }

        if (!Number(rest[1..3], out var seconds) || seconds > 59)
        {
            return null;
        }

        rest = rest[3..];
        long ticks = 0;
        if (rest.Length > 0 && rest[0] == '.')
        {
            var digits = 1;
            var unit = TimeSpan.TicksPerSecond;
            for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
            {
                unit /= 10;
                ticks += unit * (rest[digits] - '0');
            }

            if (digits - 1 > LongestFraction)
            {
                return null;
            }

            rest = rest[digits..];
        }

        return TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + ticks);
    }

    private static TimeSpan? ReadOffset(ReadOnlySpan<char> rest)
    {
        if (rest is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        if (rest.Length is not (6 or 9) || rest[0] is not ('+' or '-') || rest[3] != ':' || !Number(rest[1..3], out var hours) || !Number(rest[4..6], out var minutes)
            || hours > 18 || minutes > 59)
        {
            return null;
        }

        var seconds = 0;
        if (rest.Length == 9 && (rest[6] != ':' || !Number(rest[7..9], out seconds) || seconds > 59))
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, seconds);
        return offset > TimeSpan.FromHours(18) ? null : rest[0] == '-' ? -offset : offset;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
