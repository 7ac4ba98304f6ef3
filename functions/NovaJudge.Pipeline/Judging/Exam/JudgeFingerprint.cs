using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>
/// Tells judges apart by what can change a verdict: kind, image, models with their decoding, panel and prompt. How fast it is
/// called, by which name people know it and where its key is found make no other judge of it.
/// </summary>
public static class JudgeFingerprint
{
    private const int Digits = 16;

    /// <summary>Sixteen hexadecimal digits; equal for judges that would be asked the same.</summary>
    public static string Of(JudgeSettings judge) => Slug.Hash(Digits, [.. Parts(judge)]);

    private static IEnumerable<string> Parts(JudgeSettings judge)
    {
        yield return judge.Kind;
        if (judge.Models is not { } models)
        {
            yield return judge.Image ?? "";
            yield break;
        }

        yield return judge.Prompt ?? JudgePrompt.Default.Template;
        foreach (var model in models)
        {
            yield return model.Model.ToString();
            yield return RunConditions.Decoding(model);
        }
    }
}
