using System.Text;
using System.Text.Json;

namespace NovaJudge.Functions.Runtime;

/// <summary>Log lines as JSON, one for each failed call: ids and error names, never a payload or a token.</summary>
internal sealed class FunctionLog(TextWriter output, TimeProvider time, string step)
{
    private const int LongestMessage = 1000;

    /// <param name="requestId">The call that failed; absent when the function did not start.</param>
    /// <param name="error">What happened.</param>
    public async Task ErrorAsync(string? requestId, InvocationError error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("level", "ERROR");
            json.WriteString("step", step);
            if (requestId is not null)
            {
                json.WriteString("requestId", requestId);
            }

            json.WriteString("errorType", error.ErrorType);
            json.WriteString("message", error.ErrorMessage.Length > LongestMessage ? error.ErrorMessage[..LongestMessage] : error.ErrorMessage);
            json.WriteStartArray("stackTrace");
            foreach (var frame in error.StackTrace)
            {
                json.WriteStringValue(frame);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.ToArray()));
        await output.FlushAsync();
    }
}
