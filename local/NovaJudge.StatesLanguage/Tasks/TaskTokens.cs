using System.Collections.Concurrent;
using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>What becomes of a call with a task token.</summary>
public enum TokenAnswer
{
    /// <summary>The task has its answer, or its heartbeat.</summary>
    Accepted,

    /// <summary>The token was valid once; its task has ended.</summary>
    TimedOut,

    /// <summary>No task ever had this token.</summary>
    DoesNotExist,

    /// <summary>The output is not JSON, or larger than 256 KiB.</summary>
    InvalidOutput,
}

/// <summary>The callbacks of tasks that wait for one. Safe to call from any thread.</summary>
public sealed class TaskTokens
{
    private const int MaximumOutput = 262_144;
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, IWaitingTask> _waiting = new(StringComparer.Ordinal);

    /// <summary>How many tasks wait for a callback.</summary>
    public int Waiting => _waiting.Count;

    public TokenAnswer SendTaskSuccess(string taskToken, ReadOnlyMemory<byte> outputJson)
    {
        if (outputJson.Length > MaximumOutput || !JsonReader.TryParse(outputJson.Span, out var output))
        {
            return TokenAnswer.InvalidOutput;
        }

        return Answer(taskToken, output, null, null);
    }

    public TokenAnswer SendTaskFailure(string taskToken, string? error, string? cause) => Answer(taskToken, null, error, cause);

    public TokenAnswer SendTaskHeartbeat(string taskToken) =>
        _waiting.TryGetValue(taskToken, out var task) && task.Heartbeat() ? TokenAnswer.Accepted : Unknown(taskToken);

    internal void Add(string taskToken, IWaitingTask task) => _waiting[taskToken] = task;

    internal void Remove(string taskToken) => _waiting.TryRemove(taskToken, out _);

    /// <summary>A token carries its own proof: a closed one is told from one that never was without keeping either.</summary>
    internal static string Create(Guid id)
    {
        var plain = id.ToString("N");
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(plain + Proof(plain)));
    }

    private TokenAnswer Answer(string taskToken, JsonValue? output, string? error, string? cause) =>
        _waiting.TryRemove(taskToken, out var task) && task.Answer(output, error, cause) ? TokenAnswer.Accepted : Unknown(taskToken);

    private static TokenAnswer Unknown(string taskToken)
    {
        Span<byte> bytes = stackalloc byte[2 * IdLength];
        if (!Convert.TryFromBase64String(taskToken, bytes, out var length) || length != bytes.Length)
        {
            return TokenAnswer.DoesNotExist;
        }

        var text = Encoding.ASCII.GetString(bytes);
        return Proof(text[..IdLength]) == text[IdLength..] ? TokenAnswer.TimedOut : TokenAnswer.DoesNotExist;
    }

    private static string Proof(string id) => DerivedId.Of("task token " + id).ToString("N");
}

/// <summary>A task that can be answered from outside.</summary>
internal interface IWaitingTask
{
    bool Answer(JsonValue? output, string? error, string? cause);

    bool Heartbeat();
}
