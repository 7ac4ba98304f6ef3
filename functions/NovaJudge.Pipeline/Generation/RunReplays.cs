using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Models <c>run:&lt;run id&gt;/a|b</c>: the answers of an earlier run to the same texts, at no cost. They are found by the
/// text of the prompt, since ids may be given anew; of equal texts the one with the same id counts.
/// </summary>
public sealed class RunReplays(IObjectStore store) : IModelProvider
{
    private readonly ConcurrentDictionary<ModelSpec, IChatClient> _clients = new();

    public async ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken)
    {
        var (runId, slot) = Read(settings.Model);
        var keys = new RunKeys(runId);
        if (await store.FindDocumentAsync(keys.Sample, PipelineJson.Documents.SampleCounts, cancellationToken) is not { } sample)
        {
            return $"there is no run {runId} in this store.";
        }

        var batches = 0;
        await foreach (var found in store.ListAsync(keys.ResponsesPrefix(slot), cancellationToken))
        {
            batches += found.Key.Value.EndsWith(".part.jsonl", StringComparison.Ordinal) ? 0 : 1;
        }

        return batches < sample.Batches ? $"run {runId} has not finished answering; finish it first." : null;
    }

    public IChatClient Open(ModelSettings settings) =>
        _clients.GetOrAdd(settings.Model, spec => new RecordedChatClient($"Run {spec.Target}", () => ReadAsync(spec)));

    private async Task<RecordedAnswers> ReadAsync(ModelSpec spec)
    {
        var (runId, slot) = Read(spec);
        var keys = new RunKeys(runId);
        var answers = new RecordedAnswers();
        await using var rows = store.ReadResponsesAsync(keys, slot, CancellationToken.None).GetAsyncEnumerator();
        await foreach (var prompt in store.ReadPromptsAsync(keys, CancellationToken.None))
        {
            if (await rows.MoveNextAsync())
            {
                answers.Add(null, prompt.Text, rows.Current);
            }
        }

        return answers;
    }

    private static (RunId RunId, ModelSlot Slot) Read(ModelSpec spec)
    {
        var slash = spec.Target.LastIndexOf('/');
        return (RunId.Parse(spec.Target[..slash]), spec.Target[(slash + 1)..] == "a" ? ModelSlot.A : ModelSlot.B);
    }
}
