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

    public double ToDouble() => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Compares the values, not the texts: exactly, except that numbers written with an exponent are compared as doubles.</summary>
    public int CompareTo(JsonNumber other)
    {
        if (Text == other.Text)
        {
            return 0;
        }

        return HasExponent || other.HasExponent ? ToDouble().CompareTo(other.ToDouble()) : Compare(Text, other.Text);
    }

    private bool HasExponent => Text.AsSpan().IndexOfAny('e', 'E') >= 0;

    private static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new Digits(left);
        var b = new Digits(right);
        if (a.Sign != b.Sign)
        {
            return a.Sign.CompareTo(b.Sign);
        }

        // JSON numbers have no leading zeros: the longer whole part is the larger one.
        var whole = a.Whole.Length != b.Whole.Length ? a.Whole.Length.CompareTo(b.Whole.Length) : a.Whole.SequenceCompareTo(b.Whole);
        return a.Sign * (whole != 0 ? whole : a.Fraction.SequenceCompareTo(b.Fraction));
    }

    private readonly ref struct Digits
    {
        public Digits(ReadOnlySpan<char> text)
        {
            var digits = text[0] == '-' ? text[1..] : text;
            var point = digits.IndexOf('.');
            Whole = point < 0 ? digits : digits[..point];
            Fraction = point < 0 ? [] : digits[(point + 1)..].TrimEnd('0');
            Sign = Whole is "0" && Fraction.IsEmpty ? 0 : text[0] == '-' ? -1 : 1;
        }

        public ReadOnlySpan<char> Whole { get; }

        /// <summary>Without trailing zeros.</summary>
        public ReadOnlySpan<char> Fraction { get; }

        public int Sign { get; }
    }
}
