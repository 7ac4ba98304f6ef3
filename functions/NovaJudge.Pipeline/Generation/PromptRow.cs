namespace NovaJudge.Pipeline.Generation;

/// <summary>One line of <c>prompts.jsonl</c>.</summary>
/// <param name="Id">Unique in the run.</param>
/// <param name="Text">The rendered text: exactly what the models and the judge see.</param>
/// <param name="Question">The record's own prompt, before the template; absent when it is the text.</param>
/// <param name="Context">The passage that belongs to it.</param>
/// <param name="References">Gold answers.</param>
/// <param name="Category">The slice it belongs to.</param>
/// <param name="Cluster">Prompts of one cluster (article) are not independent of each other.</param>
public sealed record PromptRow(
    string Id,
    string Text,
    string? Question = null,
    string? Context = null,
    IReadOnlyList<string>? References = null,
    string? Category = null,
    string? Cluster = null);

/// <summary>One line of <c>batches.jsonl</c>: a range of <c>prompts.jsonl</c> that one Map item answers.</summary>
/// <param name="Batch">Number of the batch, from 0.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Count">Number of prompts.</param>
public sealed record BatchRow(int Batch, long Offset, long Length, int Count);
