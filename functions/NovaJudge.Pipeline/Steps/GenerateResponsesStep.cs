using System.Collections.Concurrent;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="RunId">The run.</param>
/// <param name="Slot">Which model answers.</param>
/// <param name="Batch">Which prompts, as a range of <c>prompts.jsonl</c>.</param>
public sealed record GenerateResponsesInput(RunId RunId, ModelSlot Slot, BatchRow Batch);

/// <param name="Batch">The batch that is complete now.</param>
/// <param name="Count">Prompts in it, answered or failed.</param>
public sealed record GenerateResponsesOutput(int Batch, int Count);

/// <summary>
/// Lets one model answer one batch of prompts. A finished batch is never asked again; of an unfinished one
/// only what its journal does not hold.
/// </summary>
public sealed class GenerateResponsesStep(IObjectStore store, IJournal journal, IModelProvider models, TimeProvider time, ICallLog? log = null)
{
    public async Task<GenerateResponsesOutput> RunAsync(GenerateResponsesInput input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var output = new GenerateResponsesOutput(input.Batch.Batch, input.Batch.Count);
        var responsesKey = keys.Responses(input.Slot, input.Batch.Batch);
        var journalKey = keys.PartialResponses(input.Slot, input.Batch.Batch);
        if (await store.FindAsync(responsesKey, cancellationToken) is null)
        {
            var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
            var rows = await AnswerAsync(request, input, keys, journalKey, cancellationToken);
            await store.WriteRowsAsync(responsesKey, rows, PipelineJson.Rows.ResponseRow, cancellationToken, PutCondition.IfAbsent);
        }

        await journal.DeleteAsync(journalKey, cancellationToken);
        return output;
    }

    private async Task<ResponseRow[]> AnswerAsync(
        EvaluationRequest request, GenerateResponsesInput input, RunKeys keys, ObjectKey journalKey, CancellationToken cancellationToken)
    {
        var prompts = await ReadPromptsAsync(keys, input.Batch, cancellationToken);
        var settings = request.Model(input.Slot);
        using var client = models.Open(settings);
        var caller = new ModelCaller(client, settings, TimeSpan.FromSeconds(request.Generation.TimeoutSeconds), time,
            input.Slot.Letter, request.Generation.Concurrency.Of(input.Slot));
        var cache = AnswerCache.Of(request, settings, store);
        var telemetry = new ConcurrentBag<CallTelemetry>();
        var positions = new Dictionary<string, int>(prompts.Count, StringComparer.Ordinal);
        for (var i = 0; i < prompts.Count; i++)
        {
            positions[prompts[i].Id] = i;
        }

        var calls = new JournalledCalls<ResponseRow>(journal, journalKey, PipelineJson.Rows.ResponseRow, row => positions.GetValueOrDefault(row.Id, -1));
        try
        {
            return await calls.RunAsync(prompts.Count, caller.Concurrency, async (i, token) =>
            {
                if (cache is not null && await cache.FindAsync(prompts[i].Id, prompts[i].Text, token) is { } kept)
                {
                    return kept;
                }

                var answer = await caller.CallAsync(prompts[i].Text, Record(prompts[i]), token);
                telemetry.Add(new CallTelemetry(prompts[i].Id, Math.Round(answer.Latency.TotalMilliseconds, 3), answer.Attempts));
                var row = answer.ToRow(prompts[i].Id);
                await (cache?.KeepAsync(prompts[i].Text, row, token) ?? Task.CompletedTask);
                return row;
            }, cancellationToken);
        }
        catch (ModelException e)
        {
            throw await ModelStops.DescribeAsync(e, settings, StepNames.GenerateResponses, keys, store, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw ModelStops.OutOfTime($"{settings.Name}: batch {input.Batch.Batch}");
        }
        finally
        {
            await (log ?? new StoreCallLog(store)).WriteAsync(input.RunId, input.Slot.Letter, input.Batch.Batch, telemetry, CancellationToken.None);
        }
    }

    private async Task<List<PromptRow>> ReadPromptsAsync(RunKeys keys, BatchRow batch, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(keys.Prompts, batch.Offset, batch.Length, cancellationToken)
            ?? throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Prompts} is missing.");
        var prompts = new List<PromptRow>(batch.Count);
        await foreach (var prompt in JsonLines.ReadAsync(stream, PipelineJson.Rows.PromptRow, cancellationToken))
        {
            prompts.Add(prompt);
        }

        return prompts.Count == batch.Count
            ? prompts
            : throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Prompts}: batch {batch.Batch} holds {prompts.Count} prompts where {batch.Count} are expected; the file was changed.");
    }

    private static Dictionary<string, string?> Record(PromptRow prompt) => new(StringComparer.Ordinal)
    {
        ["id"] = prompt.Id,
        ["question"] = prompt.Question ?? prompt.Text,
        ["context"] = prompt.Context,
    };
}
