using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Counts the calls of one model for one purpose at its price.</summary>
/// <param name="spending">Where they are counted.</param>
/// <param name="purpose"><c>a</c>, <c>b</c> or <c>judge</c>.</param>
/// <param name="model">The model.</param>
/// <param name="concurrency">Calls in flight at most: they share an endpoint's time.</param>
public sealed class CallMeter(RunSpending spending, string purpose, ModelSettings model, int concurrency)
{
    private readonly ModelRate _rate = spending.Prices.Find(model.Model);

    /// <summary>What a call costs at most: every byte of the prompt nearly a token, and the longest answer.</summary>
    /// <param name="promptBytes">Bytes of its text.</param>
    public Amount MostOf(long promptBytes)
    {
        var input = TokenEstimate.OfBytes(promptBytes + CallUsage.BytesOf(model.SystemPrompt, "")).High;
        return Replays ? default : new Amount(_rate.OfTokens(input, model.MaxTokens) ?? 0, input + model.MaxTokens);
    }

    /// <summary>A call came back.</summary>
    public void Called(string text, ModelAnswer answer) => Add(text, answer.Text, answer.InputTokens, answer.OutputTokens, answer.Latency);

    /// <summary>An answer was found that an earlier process got. One that a cache had kept was paid for by another run.</summary>
    public void Remember(string text, string? answer, long? inputTokens, long? outputTokens, bool isKept = false)
    {
        if (!isKept)
        {
            Add(text, answer, inputTokens, outputTokens, TimeSpan.Zero);
        }
    }

    /// <summary>A request was refused for now.</summary>
    public void Throttled() => spending.AddThrottled(purpose);

    private bool Replays => _rate is { Kind: RateKind.Free, Because: "replayed" };

    private void Add(string text, string? answer, long? inputTokens, long? outputTokens, TimeSpan latency)
    {
        if (answer is null || Replays)
        {
            spending.Add(purpose, answer is not null, default, _rate.Kind != RateKind.Unknown);
            return;
        }

        var usage = CallUsage.Of(inputTokens, outputTokens, CallUsage.BytesOf(model.SystemPrompt, text), answer);
        var usd = _rate.OfTokens(usage.InputTokens, usage.OutputTokens) ?? _rate.OfTime(latency / Math.Max(1, concurrency)) ?? 0;
        spending.Add(purpose, answered: true, new Amount(usd, usage.InputTokens + usage.OutputTokens), _rate.Kind != RateKind.Unknown);
    }
}
