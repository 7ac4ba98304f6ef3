using System.Text;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Pipeline.Costs;

/// <summary>The tokens of one call: as the service counted them where that can be true, else estimated from the texts.</summary>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="Estimated">Whether one of them is an estimate.</param>
public readonly record struct CallUsage(long InputTokens, long OutputTokens, bool Estimated)
{
    /// <summary>Reads a count that came from outside: what cannot be a number of tokens is none.</summary>
    public static long? Plausible(long? counted) => counted is >= 0 and <= TokenEstimate.MostOfOneCall ? counted : null;

    /// <summary>The tokens of one answer.</summary>
    /// <param name="input">Tokens read, as the service says.</param>
    /// <param name="output">Tokens written, as the service says.</param>
    /// <param name="promptBytes">Bytes of what was sent, all messages together.</param>
    /// <param name="answer">What came back.</param>
    public static CallUsage Of(long? input, long? output, long promptBytes, string answer)
    {
        var readable = TokenEstimate.IsBelievable(input, promptBytes == 0);
        var written = TokenEstimate.IsBelievable(output, answer.Length == 0);
        return new CallUsage(
            readable ? input!.Value : TokenEstimate.OfBytes(promptBytes).Likely,
            written ? output!.Value : TokenEstimate.Of(answer).Likely,
            !readable || !written);
    }

    /// <summary>Whether a row's tokens can be taken as they are, without a look at the prompt.</summary>
    public static bool IsCounted(ResponseRow row) =>
        TokenEstimate.IsBelievable(row.InputTokens, textIsEmpty: false) && TokenEstimate.IsBelievable(row.OutputTokens, string.IsNullOrEmpty(row.Text));

    /// <summary>Bytes that a call sends.</summary>
    public static long BytesOf(string? systemPrompt, string text) => Encoding.UTF8.GetByteCount(text) + (systemPrompt is null ? 0 : Encoding.UTF8.GetByteCount(systemPrompt));
}
