using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// A model that repeats answers given before. The prompt's id comes in <see cref="ChatOptions.AdditionalProperties"/>. A prompt
/// without an answer fails alone; the answers are read once, on the first call.
/// </summary>
/// <param name="source">Where the answers come from, for messages.</param>
/// <param name="read">Reads them all.</param>
public sealed class RecordedChatClient(string source, Func<Task<RecordedAnswers>> read) : IChatClient
{
    private readonly Lazy<Task<RecordedAnswers>> _answers = new(read);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answers = await _answers.Value.WaitAsync(cancellationToken);
        var text = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        return answers.Find(options?.AdditionalProperties?.GetValueOrDefault("id") as string ?? "", text) switch
        {
            { Text: { } answer } row => new ChatResponse(new ChatMessage(ChatRole.Assistant, answer))
            {
                FinishReason = row.StopReason is { } reason ? new ChatFinishReason(reason) : ChatFinishReason.Stop,
                Usage = new UsageDetails { InputTokenCount = row.InputTokens, OutputTokenCount = row.OutputTokens },
            },
            { Error: { } error } => throw new ModelException(ModelFailureKind.Item, error.Kind, $"{source} holds a failure for this prompt: {error.Message}"),
            _ => throw new ModelException(ModelFailureKind.Item, "notRecorded", $"{source} holds no answer to this prompt."),
        };
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
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
