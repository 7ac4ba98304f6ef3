using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.SageMakerRuntime;

/// <summary>
/// A model on a SageMaker endpoint that speaks the chat schema (vLLM, LMI, newer TGI) or the older one of TGI: which of the
/// two is found out by the first call and remembered. Safe to call from many threads; disposing it leaves the client alone.
/// </summary>
/// <param name="client">The client; not disposed with this.</param>
/// <param name="endpoint">The endpoint's name.</param>
/// <param name="component">The inference component, where the endpoint hosts several models.</param>
public sealed class SageMakerChatClient(Lazy<AmazonSageMakerRuntimeClient> client, string endpoint, string? component = null) : IChatClient
{
    private volatile EndpointSchema _schema = EndpointSchema.Messages;
    private volatile bool _proven;

    /// <inheritdoc/>
    /// <exception cref="ModelException">The call failed; the kind says what that means.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> conversation = [.. messages];
        for (var schema = _schema; ; schema = EndpointSchema.Inputs)
        {
            try
            {
                return await AskAsync(schema, conversation, options, cancellationToken);
            }
            catch (ServiceException exception) when (schema == EndpointSchema.Messages && !_proven && SageMakerFailures.WantsInputs(exception))
            {
                // Asked again in the other schema.
            }
            catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
            {
                throw SageMakerFailures.Describe(exception, endpoint, component);
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

    private async Task<ChatResponse> AskAsync(
        EndpointSchema schema, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var request = new InvokeEndpointRequest
        {
            EndpointName = endpoint,
            InferenceComponentName = component,
            ContentType = "application/json",
            Accept = "application/json",
            Body = EndpointBody.Write(schema, messages, options),
        };
        var answer = await client.Value.InvokeEndpointAsync(request, cancellationToken);
        var response = EndpointAnswer.Read(answer.Body);
        (_schema, _proven) = (schema, true);
        return response;
    }
}
