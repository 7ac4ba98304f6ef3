using System.Globalization;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>The checks that functions share.</summary>
internal static class Argument
{
    /// <summary>AWS documents 10,000 characters for encoding and hashing.</summary>
    public const int LongestText = 10_000;

    public static JsonArray Array(JsonValue[] arguments, int at, string message) =>
        arguments[at] as JsonArray ?? throw new IntrinsicException(message);

    public static string Text(JsonValue[] arguments, int at, string message) =>
        (arguments[at] as JsonString)?.Text ?? throw new IntrinsicException(message);

    /// <summary>A number rounded to the nearest integer, halves upwards, as Java rounds.</summary>
    public static long Rounded(JsonValue[] arguments, int at, string message)
    {
        if (arguments[at] is not JsonNumber number)
        {
            throw new IntrinsicException(message);
        }

        if (number.TryGetInt64(out var integer))
        {
            return integer;
        }

        var value = double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(value) < 9e18 ? (long)Math.Floor(value + 0.5) : throw new IntrinsicException(message);
    }
}
