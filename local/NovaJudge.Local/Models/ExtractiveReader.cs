using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace NovaJudge.Local.Models;

/// <summary>
/// A demo model: answers with words of the text it is given, the same ones every time, and reaches for nothing outside.
/// </summary>
/// <remarks>
/// The record comes in <see cref="ChatOptions.AdditionalProperties"/> as the strings <c>context</c> and <c>question</c>. Without them
/// the text of the last user message is read: what follows the last line that begins with "Question:" is the question,
/// what stands before is the context. Tokens are counted as words between white space.
/// </remarks>
public abstract class ExtractiveReader(string name) : IChatClient
{
    public const string ContextProperty = "context";
    public const string QuestionProperty = "question";

    private const string QuestionMark = "Question:";

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var said = messages.ToList();
        var prompt = said.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var (context, question) = Record(prompt, options?.AdditionalProperties);
        var answer = Answer(context, question);
        var input = said.Sum(message => CountWords(message.Text));
        var output = CountWords(answer);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer))
        {
            ModelId = name,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("embedded", null, name)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The answer found in the context; either text may be empty.</summary>
    protected abstract string Answer(string context, string question);

    private static (string Context, string Question) Record(string prompt, AdditionalPropertiesDictionary? properties)
    {
        var mark = prompt.LastIndexOf(QuestionMark, StringComparison.Ordinal);
        var inPrompt = mark < 0 ? (prompt, prompt) : (prompt[..mark].Trim(), prompt[(mark + QuestionMark.Length)..].Trim());
        return (
            properties?.GetValueOrDefault(ContextProperty) as string ?? inPrompt.Item1,
            properties?.GetValueOrDefault(QuestionProperty) as string ?? inPrompt.Item2);
    }

    private static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
