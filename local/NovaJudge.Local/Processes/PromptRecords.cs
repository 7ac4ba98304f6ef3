using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Processes;

/// <summary>The prompts of a run by their text; of equal texts the first one counts. Read once, when the first is asked for.</summary>
internal sealed class PromptRecords(IObjectStore store, RunId runId)
{
    private readonly Lazy<Task<Dictionary<string, PromptRow>>> _prompts = new(() => ReadAsync(store, runId));

    public async Task<PromptRow?> FindAsync(string text, CancellationToken cancellationToken) =>
        (await _prompts.Value.WaitAsync(cancellationToken)).GetValueOrDefault(text);

    private static async Task<Dictionary<string, PromptRow>> ReadAsync(IObjectStore store, RunId runId)
    {
        var prompts = new Dictionary<string, PromptRow>(StringComparer.Ordinal);
        await foreach (var prompt in store.ReadPromptsAsync(new RunKeys(runId), CancellationToken.None))
        {
            prompts.TryAdd(prompt.Text, prompt);
        }

        return prompts;
    }
}
