using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>A model behind an OpenAI-compatible interface. Safe to call from many threads; disposing it leaves the connections alone.</summary>
/// <param name="endpoint">Where and which.</param>
/// <param name="connections">The connections; not disposed with this.</param>
/// <param name="time">Reads a Retry-After that is a date.</param>
internal sealed class OpenAiChatClient(OpenAiEndpoint endpoint, HttpMessageInvoker connections, TimeProvider time) : IChatClient
{
    /// <summary>No answer of a chat is longer; what is, comes from something that is no chat.</summary>
    private const int LongestBody = 8 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _address = endpoint.Operation("chat/completions");
    private readonly AuthenticationHeaderValue? _authorization = endpoint.ApiKey is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
    private readonly CallPace _pace = new(time);
    private volatile string _maxTokensField = "max_tokens";

    /// <inheritdoc/>
    /// <exception cref="ModelException">The call failed; the kind says what that means.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        try
        {
            var field = _maxTokensField;
            using var first = await SendAsync(OpenAiRequest.Write(endpoint.Model, field, sent, options), cancellationToken);
            using var answer = await AnswerBody.ReadAsync(first.Content, LongestBody, cancellationToken);
            if (first.StatusCode == HttpStatusCode.OK)
            {
                return Read(answer.Span);
            }

            if (field == "max_tokens" && OpenAiFailures.WantsMaxCompletionTokens(first.StatusCode, answer.Span))
            {
                // Newer models know the same limit by this name only: asked once, remembered for the rest of the run.
                _maxTokensField = field = "max_completion_tokens";
                using var second = await SendAsync(OpenAiRequest.Write(endpoint.Model, field, sent, options), cancellationToken);
                using var again = await AnswerBody.ReadAsync(second.Content, LongestBody, cancellationToken);
                return second.StatusCode == HttpStatusCode.OK
                    ? Read(again.Span)
                    : throw OpenAiFailures.Describe(second, again.Span, endpoint, time.GetUtcNow());
            }

            throw OpenAiFailures.Describe(first, answer.Span, endpoint, time.GetUtcNow());
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ModelException(ModelFailureKind.Transient, "connection", $"{endpoint.BaseUrl.Authority}: {e.Message}", innerException: e);
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelFailureKind.Transient, "unreadable", $"{endpoint.BaseUrl.Authority} sent what is no chat completion: {e.Message}", innerException: e);
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
        serviceKey is not null ? null
        : serviceType == typeof(CallPace) ? _pace
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private async Task<HttpResponseMessage> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.Authorization = _authorization;
        return await connections.SendAsync(request, cancellationToken);
    }

    private ChatResponse Read(ReadOnlySpan<byte> body)
    {
        var completion = ChatCompletion.Read(body);
        if (!completion.HasMessage)
        {
            throw OpenAiFailures.WithoutMessage(body, endpoint);
        }

        var text = completion.Content is { Length: > 0 } answer ? answer : completion.Refusal ?? "";
        return completion.FinishReason == "content_filter" && text.Length == 0
            ? throw new ModelException(ModelFailureKind.Item, "contentFiltered", "The answer was withheld by the server's content filter.")
            : new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
            {
                ModelId = completion.Model ?? endpoint.Model,
                FinishReason = completion.FinishReason is { } reason ? new ChatFinishReason(reason) : null,
                Usage = completion.HasUsage
                    ? new UsageDetails
                    {
                        InputTokenCount = completion.PromptTokens,
                        OutputTokenCount = completion.CompletionTokens,
                        TotalTokenCount = completion.PromptTokens + completion.CompletionTokens,
                    }
                    : null,
            };
    }
}
