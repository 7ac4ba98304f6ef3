using Microsoft.Extensions.AI;

namespace NovaJudge.Local.Processes;

/// <summary>
/// A model of the laptop behind an interface of AWS, through which only texts come. What goes beside the text in one process
/// (the record, for embedded models) is found by it.
/// </summary>
internal sealed class HostedModel(IChatClient model, PromptRecords records) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> conversation = [.. messages];
        var given = options?.Clone() ?? new ChatOptions();
        given.AdditionalProperties ??= [];
        if (await records.FindAsync(conversation.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "", cancellationToken) is { } prompt)
        {
            given.AdditionalProperties["id"] = prompt.Id;
            given.AdditionalProperties["question"] = prompt.Question ?? prompt.Text;
            given.AdditionalProperties["context"] = prompt.Context;
        }

        return await model.GetResponseAsync(conversation, given, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Neither interface streams here.");

    public object? GetService(Type serviceType, object? serviceKey = null) => model.GetService(serviceType, serviceKey);

    public void Dispose() => model.Dispose();
}
