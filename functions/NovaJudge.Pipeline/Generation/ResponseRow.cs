namespace NovaJudge.Pipeline.Generation;

/// <summary>One line of <c>responses/{a|b}/{batch}.jsonl</c>: a text or an error, never both.</summary>
/// <param name="Id">The prompt's id.</param>
/// <param name="Text">The answer; may be empty.</param>
/// <param name="Error">Why there is no answer.</param>
/// <param name="InputTokens">Tokens read, as the service counted them.</param>
/// <param name="OutputTokens">Tokens written, as the service counted them.</param>
/// <param name="StopReason">Why the model stopped, in the words of Microsoft.Extensions.AI (<c>stop</c>, <c>length</c>, …).</param>
/// <param name="CachedFrom">The run that asked, where this one did not ask the model but took the answer from the cache.</param>
public sealed record ResponseRow(
    string Id,
    string? Text = null,
    ResponseError? Error = null,
    long? InputTokens = null,
    long? OutputTokens = null,
    string? StopReason = null,
    string? CachedFrom = null);

/// <param name="Kind">The short word it is counted under.</param>
/// <param name="Message">What happened.</param>
public sealed record ResponseError(string Kind, string Message);
