using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>A model of Amazon Bedrock. Safe to call from many threads; disposing it leaves the client alone.</summary>
/// <param name="client">The client; not disposed with this.</param>
/// <param name="modelId">A model, an inference profile or the ARN of one.</param>
public sealed class BedrockChatClient(Lazy<AmazonBedrockRuntimeClient> client, string modelId) : IChatClient
{
    private volatile RefusedSettings _refused = RefusedSettings.None;

    /// <inheritdoc/>
    /// <exception cref="ModelException">The call failed; the kind says what that means.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Request([.. messages], options);
        var refused = _refused;
        while (true)
        {
            try
            {
                return Response(await client.Value.ConverseAsync(refused.Without(request), cancellationToken));
            }
            catch (AmazonServiceException exception) when (refused.And(exception, request) is { } more && more != refused)
            {
                // The models of one family refuse the same settings for ever: asked once, remembered for the rest of the run.
                _refused = refused = more;
            }
            catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
            {
                throw BedrockFailures.Describe(exception, modelId);
            }
        }
    }

    /// <inheritdoc/>
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

    private ConverseRequest Request(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var system = messages.Where(message => message.Role == ChatRole.System).Select(message => new SystemContentBlock(ChatInput.Text(message))).ToList();
        return new ConverseRequest
        {
            ModelId = modelId,
            System = system is [] ? null : system,
            Messages =
            [
                .. messages.Where(message => message.Role != ChatRole.System)
                    .Select(message => new Message(message.Role.Value, [new ContentBlock { Text = ChatInput.Text(message) }])),
            ],
            InferenceConfig = new InferenceConfiguration
            {
                MaxTokens = options?.MaxOutputTokens,
                Temperature = options?.Temperature,
                TopP = options?.TopP,
                StopSequences = options?.StopSequences is { Count: > 0 } stop ? [.. stop] : null,
            },
            AdditionalModelRequestFields = ChatInput.Extra(options),
        };
    }

    private ChatResponse Response(ConverseResponse answer)
    {
        // Thoughts are not part of the answer that a judge reads.
        var text = string.Concat(answer.Output?.Message?.Content.Select(block => block.Text) ?? []);
        return answer switch
        {
            { StopReason: StopReason.ContentFiltered or StopReason.GuardrailIntervened } =>
                throw ModelFailures.Of(ModelFailureKind.Item, "contentFiltered", $"the answer was withheld ({answer.StopReason})"),
            { StopReason: StopReason.ModelContextWindowExceeded } when text.Length == 0 =>
                throw ModelFailures.Of(ModelFailureKind.Item, "contextTooLong", "the prompt leaves no room for an answer"),
            { StopReason: StopReason.MalformedModelOutput or StopReason.MalformedToolUse } or { Output.Message: null } =>
                throw ModelFailures.Of(ModelFailureKind.Transient, "unreadable", "the model's answer was malformed"),
            _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
            {
                ModelId = modelId,
                FinishReason = Finish(answer.StopReason),
                Usage = answer.Usage is not { } usage ? null : new UsageDetails
                {
                    // Tokens read from a cache are tokens read.
                    InputTokenCount = usage.InputTokens + (usage.CacheReadInputTokens ?? 0) + (usage.CacheWriteInputTokens ?? 0),
                    OutputTokenCount = usage.OutputTokens,
                    TotalTokenCount = usage.TotalTokens,
                },
            },
        };
    }

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
        StopReason.EndTurn or StopReason.StopSequence => ChatFinishReason.Stop,
        StopReason.MaxTokens or StopReason.ModelContextWindowExceeded => ChatFinishReason.Length,
        StopReason.ToolUse => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason),
    };
}
