using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Metrics.Labelling;

/// <summary>One line of <c>labels.jsonl</c>: what a person said of a prompt's two answers, without knowing whose they are.</summary>
/// <param name="Id">The prompt.</param>
/// <param name="Label"><c>a</c>, <c>b</c> or <c>tie</c>, in terms of the models.</param>
public sealed record LabelRow(string Id, PassVerdict Label);
