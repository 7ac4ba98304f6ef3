using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// What a run that is started again keeps of the answers of its earlier attempt. Everything here may be cut off and done again: a batch goes away
/// only after what is kept of it lies in the journal.
/// </summary>
internal sealed class EarlierAnswers(IObjectStore store, IJournal journal)
{
    private static readonly ModelSlot[] Slots = [ModelSlot.A, ModelSlot.B];

    /// <summary>Lets failed prompts be asked again, and those only.</summary>
    public Task ForgetFailuresAsync(RunKeys keys, CancellationToken cancellationToken) => ForEachBatchAsync(keys, async (batch, slot) =>
    {
        if (await store.FindAsync(keys.Responses(slot, batch), cancellationToken) is null)
        {
            return;
        }

        var rows = new List<ResponseRow>();
        await foreach (var row in store.ReadRowsAsync(keys.Responses(slot, batch), PipelineJson.Rows.ResponseRow, cancellationToken))
        {
            rows.Add(row);
        }

        if (rows.Exists(row => row.Text is null))
        {
            var partial = keys.PartialResponses(slot, batch);
            await journal.DeleteAsync(partial, cancellationToken);
            foreach (var row in rows.Where(row => row.Text is not null))
            {
                await journal.AppendAsync(partial, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(row, PipelineJson.Rows.ResponseRow), cancellationToken);
            }

            await journal.SaveAsync(partial, cancellationToken);
            await store.DeleteAsync(keys.Responses(slot, batch), cancellationToken);
        }
    }, cancellationToken);

    /// <summary>Lets every prompt be asked again.</summary>
    public Task ForgetAllAsync(RunKeys keys, CancellationToken cancellationToken) => ForEachBatchAsync(keys, async (batch, slot) =>
    {
        await store.DeleteAsync(keys.Responses(slot, batch), cancellationToken);
        await journal.DeleteAsync(keys.PartialResponses(slot, batch), cancellationToken);
    }, cancellationToken);

    private async Task ForEachBatchAsync(RunKeys keys, Func<int, ModelSlot, Task> act, CancellationToken cancellationToken)
    {
        if (await store.FindDocumentAsync(keys.Sample, PipelineJson.Documents.SampleCounts, cancellationToken) is not { } sample)
        {
            return;
        }

        for (var batch = 0; batch < sample.Batches; batch++)
        {
            foreach (var slot in Slots)
            {
                await act(batch, slot);
            }
        }
    }
}
