using System.Text;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Tokens of a text where nobody has counted them: by its bytes, since a tokenizer would have to be the model's own.</summary>
/// <param name="Low">Hardly fewer.</param>
/// <param name="Likely">English prose: four bytes a token.</param>
/// <param name="High">Hardly more.</param>
public readonly record struct TokenEstimate(long Low, long Likely, long High)
{
    /// <summary>Most tokens of one call that a service's count is believed with.</summary>
    public const long MostOfOneCall = 100_000_000;

    private const double MostBytes = 6;
    private const double UsualBytes = 4;
    private const double FewestBytes = 2;

    /// <summary>The tokens of so many bytes of UTF-8.</summary>
    public static TokenEstimate OfBytes(long bytes) =>
        new((long)Math.Floor(bytes / MostBytes), (long)Math.Ceiling(bytes / UsualBytes), (long)Math.Ceiling(bytes / FewestBytes));

    /// <summary>The tokens of a text.</summary>
    public static TokenEstimate Of(string text) => OfBytes(Encoding.UTF8.GetByteCount(text));

    /// <summary>
    /// Whether a service's count can be true: not negative, not beyond any context, and not nothing for a text that holds something.
    /// </summary>
    public static bool IsBelievable(long? counted, bool textIsEmpty) => counted is >= 0 and <= MostOfOneCall && (counted > 0 || textIsEmpty);
}
