using NovaJudge.Pipeline.Judging.Nova;

namespace NovaJudge.Pipeline.Judging;

/// <summary>
/// Whether a row fits into the judge's context. The judge's tokenizer is not public, so tokens are estimated, rather too many
/// than too few: four letters or spaces make one token (English text has a little more), two digits, signs or letters of other
/// alphabets, and every ideograph or half of an emoji is one of its own.
/// </summary>
public static class JudgeContext
{
    /// <summary>Set aside for the judge's own instructions, which are not published: an assumption.</summary>
    public const int ReservedTokens = 1000;

    private const int QuartersPerToken = 4;

    /// <summary>Estimated tokens of a text.</summary>
    public static long EstimateTokens(ReadOnlySpan<char> text)
    {
        long quarters = 0;
        foreach (var character in text)
        {
            quarters += character switch
            {
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or ' ' => 1,
                < '\u0800' => 2,
                _ => QuartersPerToken,
            };
        }

        return (quarters + QuartersPerToken - 1) / QuartersPerToken;
    }

    /// <summary>Whether the judge of that kind would not get to see the whole row; never, for judges without a documented limit.</summary>
    public static bool IsTooLong(string judgeKind, string prompt, string responseA, string responseB)
    {
        if (NovaJudgeCatalog.Find(judgeKind) is not { } judge)
        {
            return false;
        }

        // No character is less than a quarter of a token: most rows are decided without a look at them.
        long limit = judge.ContextTokens - ReservedTokens;
        var characters = (long)prompt.Length + responseA.Length + responseB.Length;
        return characters > limit * QuartersPerToken
            || (characters > limit - 3 && EstimateTokens(prompt) + EstimateTokens(responseA) + EstimateTokens(responseB) > limit);
    }
}
