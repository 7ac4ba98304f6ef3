using System.Globalization;
using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Local.Models;

/// <summary>
/// A model that fails on purpose, to see what a run makes of it: <c>embedded:faulty?fail=3&amp;hang=10&amp;empty=7</c>
/// refuses every third prompt, never answers every tenth and says nothing to every seventh; <c>delay=20</c> lets every
/// answer take 20 milliseconds. Which prompts fail follows from their ids alone, so that a run can be repeated.
/// Everything else is answered by the first sentence.
/// </summary>
public sealed class FaultyReader(int fail, int hang, int empty, int delay) : IChatClient
{
    private const string Name = "faulty";
    private readonly FirstSentenceReader _healthy = new();

    /// <summary>Reads <c>faulty?fail=3&amp;hang=10&amp;empty=7</c>, each part optional; <c>null</c> when it is another model.</summary>
    public static FaultyReader? TryParse(string target, out string? problem)
    {
        problem = null;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        if ((question < 0 ? target : target[..question]) != Name)
        {
            return null;
        }

        var faults = new Dictionary<string, int> { ["fail"] = 0, ["hang"] = 0, ["empty"] = 0, ["delay"] = 0 };
        foreach (var part in question < 0 ? [] : target[(question + 1)..].Split('&'))
        {
            if (part.Split('=') is not [var name, var text] || !faults.ContainsKey(name)
                || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var every) || every < 1)
            {
                problem = $"\"{part}\": fail, hang, empty or delay with a whole number from 1 is expected, such as fail=3.";
                return null;
            }

            faults[name] = every;
        }

        return new FaultyReader(faults["fail"], faults["hang"], faults["empty"], faults["delay"]);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (delay > 0)
        {
            await Task.Delay(delay, cancellationToken);
        }

        var number = Number(options?.AdditionalProperties?["id"] as string ?? "");
        if (Hits(fail, number))
        {
            throw new ModelException(ModelFailureKind.Item, "refused", "The faulty model refuses this prompt, as it was told to.");
        }

        if (Hits(hang, number))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return Hits(empty, number)
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.Stop }
            : await _healthy.GetResponseAsync(messages, options, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The pipeline does not stream answers.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _healthy.Dispose();

    private static bool Hits(int every, uint number) => every > 0 && number % every == 0;

    /// <summary>FNV-1a over the id, so that neighbours do not fail together.</summary>
    private static uint Number(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }
}
