using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Calls one model for one text: with a time-out for each attempt, with jittered waits between attempts,
/// and with a typed outcome for whatever goes wrong.
/// </summary>
public sealed class ModelCaller(IChatClient client, ModelSettings settings, TimeSpan timeout, TimeProvider time)
{
    private const int TransientAttempts = 4;
    private const int TimeoutAttempts = 2;
    private const int ThrottledAttempts = 8;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>One answer, or the failure that is this prompt's own.</summary>
    /// <exception cref="ModelException">The failure is not this prompt's own: throttled for too long, warming or permanent.</exception>
    public async Task<ModelAnswer> CallAsync(string text, IReadOnlyDictionary<string, string?> record, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var started = time.GetTimestamp();
            try
            {
                var response = await AttemptAsync(text, record, cancellationToken);
                return new ModelAnswer(response.Text, null, response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount,
                    response.FinishReason?.Value, time.GetElapsedTime(started), attempt);
            }
            catch (ModelException e) when (Attempts(e) is var most && (attempt < most || IsOwn(e)))
            {
                if (attempt >= most)
                {
                    return new ModelAnswer(null, new ResponseError(e.Code, e.Message), null, null, null, time.GetElapsedTime(started), attempt);
                }

                await Task.Delay(Wait(attempt, e.RetryAfter), time, cancellationToken);
            }
        }
    }

    private async Task<ChatResponse> AttemptAsync(string text, IReadOnlyDictionary<string, string?> record, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await client.GetResponseAsync(Messages(text), Options(record), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(ModelFailureKind.Transient, "timeout", $"No answer within {timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is not (ModelException or OperationCanceledException))
        {
            throw new ModelException(ModelFailureKind.Transient, "clientError", $"{e.GetType().Name}: {e.Message}", innerException: e);
        }
    }

    private List<ChatMessage> Messages(string text)
    {
        var messages = new List<ChatMessage>(2);
        if (settings.SystemPrompt is { } system)
        {
            messages.Add(new ChatMessage(ChatRole.System, system));
        }

        messages.Add(new ChatMessage(ChatRole.User, text));
        return messages;
    }

    private ChatOptions Options(IReadOnlyDictionary<string, string?> record)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = settings.MaxTokens,
            Temperature = (float?)settings.Temperature,
            TopP = (float?)settings.TopP,
            Seed = settings.Seed,
            StopSequences = settings.Stop?.ToArray(),
            AdditionalProperties = [],
        };
        foreach (var (name, value) in record)
        {
            options.AdditionalProperties[name] = value;
        }

        if (settings.Extra is { } extra)
        {
            options.AdditionalProperties["extra"] = extra;
        }

        return options;
    }

    private static int Attempts(ModelException failure) => failure.Kind switch
    {
        ModelFailureKind.Transient => failure.Code == "timeout" ? TimeoutAttempts : TransientAttempts,
        ModelFailureKind.Throttled => ThrottledAttempts,
        _ => 1,
    };

    private static bool IsOwn(ModelException failure) => failure.Kind is ModelFailureKind.Transient or ModelFailureKind.Item;

    /// <summary>Full jitter (Brooker, "Exponential Backoff And Jitter"), but never earlier than the service asks.</summary>
    private static TimeSpan Wait(int attempt, TimeSpan? retryAfter)
    {
        var ceiling = Math.Min(LongestWait.TotalMilliseconds, FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
    }
}

/// <summary>What came of one call.</summary>
/// <param name="Text">The answer; absent when the call failed.</param>
/// <param name="Error">Why it failed; absent otherwise.</param>
/// <param name="InputTokens">Tokens read, as the service counted them.</param>
/// <param name="OutputTokens">Tokens written, as the service counted them.</param>
/// <param name="StopReason">Why the model stopped.</param>
/// <param name="Latency">Duration of the last attempt.</param>
/// <param name="Attempts">Number of attempts.</param>
public sealed record ModelAnswer(
    string? Text, ResponseError? Error, long? InputTokens, long? OutputTokens, string? StopReason, TimeSpan Latency, int Attempts)
{
    /// <summary>The row for <c>responses/</c>.</summary>
    public ResponseRow ToRow(string id) => new(id, Text, Error, InputTokens, OutputTokens, StopReason);
}

/// <summary>One line of telemetry for one answer.</summary>
public sealed record CallTelemetry(string Id, double LatencyMs, int Attempts);
