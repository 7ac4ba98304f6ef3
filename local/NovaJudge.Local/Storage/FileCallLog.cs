using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>Notes calls in <c>telemetry/calls/{purpose}.jsonl</c>, appended to by each batch and by each process that works on the run.</summary>
public sealed class FileCallLog(FileObjectStore store) : ICallLog, IDisposable
{
    private readonly ConcurrentDictionary<ObjectKey, Lazy<FileStream>> _files = new();

    public Task WriteAsync(RunId runId, string purpose, int batch, IReadOnlyCollection<CallTelemetry> calls, CancellationToken cancellationToken)
    {
        if (calls.Count == 0)
        {
            return Task.CompletedTask;
        }

        var key = new RunKeys(runId).Telemetry($"calls/{purpose}.jsonl");
        var lines = new ArrayBufferWriter<byte>(64 * calls.Count);
        using (var json = new Utf8JsonWriter(lines))
        {
            foreach (var call in calls)
            {
                json.Reset();
                json.WriteStartObject();
                json.WriteString("id"u8, call.Id);
                json.WriteNumber("latencyMs"u8, call.LatencyMs);
                json.WriteNumber("attempts"u8, call.Attempts);
                if (call.Throttled > 0)
                {
                    json.WriteNumber("throttled"u8, call.Throttled);
                }

                if (call.Again)
                {
                    json.WriteBoolean("again"u8, true);
                }

                if (call.Attempts == 0 && call is { InputTokens: { } input, OutputTokens: { } output })
                {
                    json.WriteNumber("inputTokens"u8, input);
                    json.WriteNumber("outputTokens"u8, output);
                }

                json.WriteEndObject();
                json.Flush();
                lines.Write("\n"u8);
            }
        }

        try
        {
            var file = _files.GetOrAdd(key, static (key, store) => new Lazy<FileStream>(() => Open(store.PathOf(key))), store).Value;
            lock (file)
            {
                file.Write(lines.WrittenSpan);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"The store {store.Root} refused {key}: {e.Message}", e);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var file in _files.Values.Where(file => file.IsValueCreated))
        {
            file.Value.Dispose();
        }
    }

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }
}
