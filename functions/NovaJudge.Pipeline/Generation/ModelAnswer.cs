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
    /// <summary>The row for <c>responses/</c>.</summary>
    public ResponseRow ToRow(string id) => new(id, Text, Error, InputTokens, OutputTokens, StopReason);
}

/// <summary>One line of telemetry for one answer.</summary>
public sealed record CallTelemetry(string Id, double LatencyMs, int Attempts);
