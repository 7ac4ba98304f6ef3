using System.Text;
using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// Reads the telemetry of calls, line by line. A process that was killed may have left half a line; such lines are counted and
/// passed over, since nobody needs them to go on.
/// </summary>
internal sealed class CallLines(IObjectStore store, RunKeys keys)
{
    /// <summary>Lines that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The calls for one purpose, wherever a host has put them: one object, or one for each batch.</summary>
    public async Task ReadAsync(string purpose, Action<CallTelemetry> call, CancellationToken cancellationToken)
    {
        var prefix = keys.Telemetry($"calls/{purpose}").Value;
        await foreach (var found in store.ListAsync(prefix, cancellationToken))
        {
            if (found.Key.Value[prefix.Length..] is [('.' or '/'), ..] && await store.OpenReadAsync(found.Key, cancellationToken) is { } stream)
            {
                using var reader = new StreamReader(stream, Encoding.UTF8);
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (Parse(line) is { } read)
                    {
                        call(read);
                    }
                    else if (line.Length > 0)
                    {
                        Unreadable++;
                    }
                }
            }
        }
    }

    private static CallTelemetry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, PipelineJson.Rows.CallTelemetry) is { Id: not null, Attempts: >= 0 and <= 1000, Throttled: >= 0 and <= 1000 } call ? call : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
