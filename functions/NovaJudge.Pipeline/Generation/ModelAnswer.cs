using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Generation;

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
    /// <summary>Attempts that the service refused for now.</summary>
    public int Throttled { get; init; }

    /// <summary>The row for <c>responses/</c>.</summary>
    public ResponseRow ToRow(string id) => new(id, Text, Error, InputTokens, OutputTokens, StopReason);
}

/// <summary>One line of telemetry for one answer.</summary>
/// <param name="Id">The prompt's id; for a judging model row, order and number of the model, with slashes between them.</param>
/// <param name="LatencyMs">Duration of the last attempt, in milliseconds.</param>
/// <param name="Attempts">Requests sent; 0 for an answer that came from a cache.</param>
/// <param name="Throttled">Requests refused for now.</param>
/// <param name="Again">Whether the model was asked again, since its first answer held no verdict.</param>
/// <param name="InputTokens">Tokens read, for an answer from a cache only: nobody is paid for them.</param>
/// <param name="OutputTokens">Tokens written, for an answer from a cache only.</param>
public sealed record CallTelemetry(
    string Id,
    double LatencyMs,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Throttled = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Again = false,
    long? InputTokens = null,
    long? OutputTokens = null)
{
    /// <summary>The line of an answer.</summary>
    public static CallTelemetry Of(string id, ModelAnswer answer, bool again = false) =>
        new(id, Math.Round(answer.Latency.TotalMilliseconds, 3), answer.Attempts, answer.Throttled, again);
}
