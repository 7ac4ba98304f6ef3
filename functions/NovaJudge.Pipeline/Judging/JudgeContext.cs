using System.Text;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging;

/// <summary>Whether a pair fits into the judge's context.</summary>
public static class JudgeContext
{
    /// <summary>The Nova user guide asks for less than 7k tokens of query and system prompts together.</summary>
    public const int NovaTokens = 7000;

    /// <summary>
    /// The judge's own tokenizer is not public. Four bytes of UTF-8 a token is the usual estimate for English and
    /// overestimates the tokens of other scripts, so a pair near the limit is left out rather than cut by the judge.
    /// </summary>
    private const int BytesPerToken = 4;

    /// <summary>Judges that have no such limit, or report it themselves, accept every pair.</summary>
    public static bool Fits(JudgeSettings judge, string prompt, string responseA, string responseB) =>
        judge.Kind is not ("nova" or "nova-rubric")
        || (Encoding.UTF8.GetByteCount(prompt) + Encoding.UTF8.GetByteCount(responseA) + Encoding.UTF8.GetByteCount(responseB)) / BytesPerToken < NovaTokens;
}
