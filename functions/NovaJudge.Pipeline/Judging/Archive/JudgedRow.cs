namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>One row as a judge of ours judged it: what goes into an archive.</summary>
public sealed record JudgedRow
{
    /// <summary>The prompt exactly as in <c>llm_judge.jsonl</c>: readers find the row by it.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the pass with A first said.</summary>
    public required PassVerdict Forward { get; init; }

    /// <summary>What the pass with B first said, already turned round: <see cref="PassVerdict.A"/> means that model A won.</summary>
    public required PassVerdict Backward { get; init; }

    /// <summary>The judge's own words in the forward pass; absent for a judge without words.</summary>
    public string? ForwardText { get; init; }

    /// <summary>The judge's own words in the backward pass; absent for a judge without words.</summary>
    public string? BackwardText { get; init; }
}
