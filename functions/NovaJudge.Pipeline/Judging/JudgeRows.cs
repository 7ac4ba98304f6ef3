using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Judging;

/// <summary>One line of <c>llm_judge.jsonl</c>, with exactly the three fields that the Nova judge accepts.</summary>
public sealed record JudgePair(
    [property: JsonPropertyName("prompt")] string Prompt,
    [property: JsonPropertyName("response_A")] string ResponseA,
    [property: JsonPropertyName("response_B")] string ResponseB);

/// <summary>One line of <c>judge/index.jsonl</c>: which prompt a row of the judge's data set is.</summary>
/// <param name="Row">Number of the row, from 0.</param>
/// <param name="Id">The prompt's id.</param>
public sealed record JudgeIndexRow(int Row, string Id);

/// <summary>One line of <c>verdicts.jsonl</c>, one for each prompt of the run, in the order of the prompts.</summary>
/// <param name="Id">The prompt's id.</param>
/// <param name="Forward">What the judge said with A first; absent when it never saw the prompt.</param>
/// <param name="Backward">What it said with B first, already turned round: <c>a</c> still means that model A won.</param>
/// <param name="Verdict">What became of the prompt.</param>
/// <param name="Note">Why there is no verdict.</param>
public sealed record VerdictRow(string Id, PassVerdict? Forward, PassVerdict? Backward, PromptOutcome Verdict, string? Note = null);
