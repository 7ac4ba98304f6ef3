using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Reports.Records;

/// <summary>Everything about one prompt of a run.</summary>
/// <param name="Prompt">What was asked.</param>
/// <param name="A">What model A answered; absent when the run has no row for it.</param>
/// <param name="B">What model B answered; absent when the run has no row for it.</param>
/// <param name="Verdict">What became of it.</param>
internal sealed record RunRecord(PromptRow Prompt, ResponseRow? A, ResponseRow? B, VerdictRow Verdict)
{
    /// <summary>What a person would call this record: the question, or the beginning of the prompt.</summary>
    public string Title => Prompt.Question is { Length: > 0 } question ? question : Prompt.Text;
}
