using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Anchors;

/// <summary>
/// A pair of answers that every run of a suite has judged, word for word the same: one line of <c>baselines/{suite}.anchors.jsonl</c>,
/// and of the run's own <c>judge/anchors.jsonl</c>. If its verdict changes, it is the judge that changed.
/// </summary>
/// <param name="Id">Begins with <c>anchor-</c>; follows from the pair's content.</param>
/// <param name="Prompt">What the judge reads; marked, so that no prompt of a run is the same text.</param>
/// <param name="ResponseA">The answer in the place of A.</param>
/// <param name="ResponseB">The answer in the place of B.</param>
/// <param name="References">Gold answers, for a judge that scores against them.</param>
/// <param name="Run">The run that the pair is from.</param>
public sealed record AnchorRow(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("prompt")] string Prompt,
    [property: JsonPropertyName("response_A")] string ResponseA,
    [property: JsonPropertyName("response_B")] string ResponseB,
    [property: JsonPropertyName("references")] IReadOnlyList<string>? References,
    [property: JsonPropertyName("run")] RunId Run)
{
    private const string IdPrefix = "anchor-";

    /// <summary>Freezes a pair of a run.</summary>
    /// <param name="number">Its number in the suite's set, from 1.</param>
    /// <param name="pair">The pair as the judge of that run reads it.</param>
    /// <param name="references">Gold answers, where there are some.</param>
    /// <param name="run">The run.</param>
    public static AnchorRow Freeze(int number, JudgePair pair, IReadOnlyList<string>? references, RunId run)
    {
        var prompt = $"{pair.Prompt}\n\n(Anchor pair {number}.)";
        return new AnchorRow($"{IdPrefix}{Slug.Hash(12, prompt, pair.ResponseA, pair.ResponseB)}", prompt, pair.ResponseA, pair.ResponseB, references, run);
    }

    /// <summary>Whether a judge of that kind can judge it at all.</summary>
    public bool Suits(string judgeKind) =>
        (References is { Count: > 0 } || !judgeKind.StartsWith("embedded:", StringComparison.Ordinal)) && !JudgeContext.IsTooLong(judgeKind, Prompt, ResponseA, ResponseB);
}
