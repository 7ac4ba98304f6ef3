using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <summary>An error as the machine catches it.</summary>
public sealed record CaughtError(
    [property: JsonPropertyName("Error")] string? Error,
    [property: JsonPropertyName("Cause")] string? Cause);

/// <param name="State">The state that failed got this input.</param>
/// <param name="Error">What was caught.</param>
public sealed record RecordFailureInput(JsonElement State, CaughtError Error);

/// <param name="Error">The stable error name; the machine fails with it.</param>
/// <param name="Cause">What happened and what to do.</param>
public sealed record RecordFailureOutput(string Error, string Cause);

/// <summary>Writes down why a run ends, in words that a person can act on.</summary>
public sealed class RecordFailureStep(IObjectStore store)
{
    /// <summary>Longest cause that Step Functions accepts, in characters.</summary>
    private const int LongestCause = 32_000;

    public async Task<RecordFailureOutput> RunAsync(RecordFailureInput input, CancellationToken cancellationToken)
    {
        var failure = Read(input.Error);
        if (input.State.ValueKind == JsonValueKind.Object
            && input.State.TryGetProperty("runId", out var id) && RunId.TryParse(id.GetString(), out var runId))
        {
            // A failed Map reports only that too many of its items failed; the item wrote down why.
            var keys = new RunKeys(runId);
            failure = await store.FindDocumentAsync(keys.Failure, PipelineJson.Documents.RunFailure, cancellationToken) ?? failure;
            await store.WriteDocumentAsync(keys.Failure, failure, PipelineJson.Documents.RunFailure, cancellationToken);
        }

        return new RecordFailureOutput(failure.Error, failure.Message[..Math.Min(failure.Message.Length, LongestCause)]);
    }

    /// <summary>A function's error arrives as JSON inside the cause; other causes are plain text.</summary>
    private static RunFailure Read(CaughtError caught)
    {
        var message = caught.Cause ?? "";
        if (message.StartsWith('{'))
        {
            try
            {
                using var cause = JsonDocument.Parse(message);
                message = cause.RootElement.TryGetProperty("errorMessage", out var text) ? text.GetString() ?? message : message;
            }
            catch (JsonException)
            {
                // Not JSON after all: the text itself is the message.
            }
        }

        return new RunFailure(caught.Error ?? "States.TaskFailed", message);
    }
}
