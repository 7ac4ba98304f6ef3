using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Pipeline.Judging.ByModel;

/// <summary>One line of <c>judge/answers/{batch}.jsonl</c>: what one judging model wrote about one row in one order.</summary>
/// <param name="Row">Number of the row in the judge's data set.</param>
/// <param name="Order">Which answer was shown first.</param>
/// <param name="Judge">Number of the judging model, from 0; several form a panel.</param>
/// <param name="Text">What it wrote, readable or not.</param>
/// <param name="Error">Why it wrote nothing.</param>
/// <param name="InputTokens">Tokens read, as the service counted them, over all attempts.</param>
/// <param name="OutputTokens">Tokens written, as the service counted them, over all attempts.</param>
public sealed record JudgeAnswerRow(
    int Row, ShownOrder Order, int Judge, string? Text = null, ResponseError? Error = null, long? InputTokens = null, long? OutputTokens = null);
