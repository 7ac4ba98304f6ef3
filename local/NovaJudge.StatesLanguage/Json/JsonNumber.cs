using System.Globalization;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>A number as it was written: 1.10 stays 1.10 and a large integer keeps its digits.</summary>
internal sealed class JsonNumber(string text) : JsonValue(JsonKind.Number, text.Length)
{
    private static readonly JsonNumber[] Small = [.. Enumerable.Range(0, 256).Select(static n => new JsonNumber(n.ToString(CultureInfo.InvariantCulture)))];

    public string Text { get; } = text;

    /// <summary>Whether it was written without a fraction and an exponent.</summary>
    public bool IsInteger => Text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    public static new JsonNumber From(long value) =>
        value is >= 0 and < 256 ? Small[value] : new(value.ToString(CultureInfo.InvariantCulture));

    public bool TryGetInt64(out long value) =>
        long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public bool TryGetDecimal(out decimal value) =>
        decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public double ToDouble() => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Compares the values, not the texts: exactly where a decimal can hold both, as doubles beyond.</summary>
    public int CompareTo(JsonNumber other)
    {
        if (Text == other.Text)
        {
            return 0;
        }

        if (Text.Length <= 27 && other.Text.Length <= 27 && !HasExponent && !other.HasExponent
            && TryGetDecimal(out var left) && other.TryGetDecimal(out var right))
        {
            return left.CompareTo(right);
        }

        return IsInteger && other.IsInteger
            ? CompareIntegers(Text, other.Text)
            : ToDouble().CompareTo(other.ToDouble());
    }

    private bool HasExponent => Text.AsSpan().IndexOfAny('e', 'E') >= 0;

    private static int CompareIntegers(string left, string right)
    {
        var (leftNegative, rightNegative) = (left[0] == '-', right[0] == '-');
        if (leftNegative != rightNegative)
        {
            return leftNegative ? -1 : 1;
        }

        // JSON integers have no leading zeros: the longer one is the larger one.
        var magnitude = left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
        return leftNegative ? -magnitude : magnitude;
    }
}
