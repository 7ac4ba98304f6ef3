using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Calls one model for one text: with a limit of calls in flight, a time-out for each attempt, jittered waits between
/// attempts, and a typed outcome for whatever goes wrong.
/// </summary>
public sealed class ModelCaller
{
    private const int TransientAttempts = 4;
    private const int TimeoutAttempts = 2;
    private const int ThrottledAttempts = 8;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly IChatClient _client;
    private readonly ModelSettings _settings;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CallLane _lane;
    private readonly CallMeter? _meter;

    /// <param name="client">The model.</param>
    /// <param name="settings">How it is called.</param>
    /// <param name="timeout">Longest wait for one answer.</param>
    /// <param name="time">The clock of waits and time-outs.</param>
    /// <param name="purpose">What the answers are for; calls for one purpose share their limit where the process knows it.</param>
    /// <param name="concurrency">Calls in flight for that purpose, of all batches together.</param>
    /// <param name="meter">Told of each call; absent: nobody counts.</param>
    public ModelCaller(IChatClient client, ModelSettings settings, TimeSpan timeout, TimeProvider time, string purpose, int concurrency, CallMeter? meter = null)
    {
        (_client, _settings, _timeout, _time, _meter) = (client, settings, timeout, time, meter);

        // Where one process calls for all batches, a batch may use whatever the others leave free.
        var shared = client.GetService(typeof(CallPace)) as CallPace;
        Concurrency = shared is null ? ConcurrencySettings.PerBatch(concurrency) : concurrency;
        _lane = (shared ?? new CallPace(time)).Lane(purpose, Concurrency);
    }

    /// <summary>Calls that one batch may have in flight.</summary>
    public int Concurrency { get; }

    /// <summary>One answer, or the failure that is this prompt's own.</summary>
    /// <exception cref="ModelException">The failure is not this prompt's own: throttled for too long, warming or permanent.</exception>
    public async Task<ModelAnswer> CallAsync(string text, IReadOnlyDictionary<string, string?> record, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(text, record, cancellationToken);
        _meter?.Called(text, answer);
        return answer;
    }

    private async Task<ModelAnswer> AskAsync(string text, IReadOnlyDictionary<string, string?> record, CancellationToken cancellationToken)
    {
        var throttled = 0;
        for (var attempt = 1; ; attempt++)
        {
            var started = _time.GetTimestamp();
            try
            {
                using var place = await _lane.EnterAsync(cancellationToken);
                started = _time.GetTimestamp();
                var response = await AttemptAsync(text, record, cancellationToken);
                return new ModelAnswer(
                    response.Text, null, CallUsage.Plausible(response.Usage?.InputTokenCount), CallUsage.Plausible(response.Usage?.OutputTokenCount),
                    response.FinishReason?.Value, _time.GetElapsedTime(started), attempt)
                { Throttled = throttled };
            }
            catch (ModelException e) when (Attempts(e) is var most && (attempt < most || IsOwn(e)))
            {
                throttled += e.Kind == ModelFailureKind.Throttled ? 1 : 0;
                if (attempt >= most)
                {
                    return new ModelAnswer(null, new ResponseError(e.Code, e.Message), null, null, null, _time.GetElapsedTime(started), attempt) { Throttled = throttled };
                }

                await Task.Delay(Wait(attempt, e.RetryAfter), _time, cancellationToken);
            }
            catch (ModelException e)
            {
                e.Model = _settings;
                throw;
            }
        }
    }

    private async Task<ChatResponse> AttemptAsync(string text, IReadOnlyDictionary<string, string?> record, CancellationToken cancellationToken)
    {
        using var either = new CancellationTokenSource(_timeout, _time);
        await using var caller = cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), either);
        try
        {
            var response = await _client.GetResponseAsync(Messages(text), Options(record), either.Token).WaitAsync(either.Token);
            _lane.Answered();
            return response;
        }
        catch (ModelException e)
        {
            if (e.Kind == ModelFailureKind.Throttled)
            {
                _lane.Refused(e.RetryAfter);
                _meter?.Throttled();
            }

            throw;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(ModelFailureKind.Transient, "timeout", $"No answer within {_timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ModelException(ModelFailureKind.Transient, "clientError", $"{e.GetType().Name}: {e.Message}", innerException: e);
        }
    }

    private List<ChatMessage> Messages(string text)
    {
        var messages = new List<ChatMessage>(2);
        if (_settings.SystemPrompt is { } system)
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
            MaxOutputTokens = _settings.MaxTokens,
            Temperature = (float?)_settings.Temperature,
            TopP = (float?)_settings.TopP,
            Seed = _settings.Seed,
            StopSequences = _settings.Stop?.ToArray(),
        };
        foreach (var (name, value) in record)
        {
            (options.AdditionalProperties ??= [])[name] = value;
        }

        if (_settings.Extra is { } extra)
        {
            (options.AdditionalProperties ??= [])["extra"] = extra;
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
