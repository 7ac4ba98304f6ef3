using NovaJudge.Pipeline.Costs;
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
public sealed class GenerateResponsesStep(IObjectStore store, IJournal journal, IModelProvider models, TimeProvider time, ICallLog? log = null, ISpending? spending = null)
{
    public async Task<GenerateResponsesOutput> RunAsync(GenerateResponsesInput input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var batch = new CallBatch<ResponseRow>(store, journal, log, spending, keys)
        {
            Step = StepNames.GenerateResponses,
            Purpose = input.Slot.Letter,
            Number = input.Batch.Batch,
            Finished = keys.Responses(input.Slot, input.Batch.Batch),
            Journal = keys.PartialResponses(input.Slot, input.Batch.Batch),
            Type = PipelineJson.Rows.ResponseRow,
        };
        await batch.FinishAsync(async (request, token) =>
        {
            var prompts = await store.ReadBatchAsync(keys.Prompts, input.Batch, PipelineJson.Rows.PromptRow, token);
            return await AskAsync(batch, request, input.Slot, prompts, token);
        }, cancellationToken);
        return new GenerateResponsesOutput(input.Batch.Batch, input.Batch.Count);
    }

    private async Task<ResponseRow[]> AskAsync(
        CallBatch<ResponseRow> batch, EvaluationRequest request, ModelSlot slot, IReadOnlyList<PromptRow> prompts, CancellationToken cancellationToken)
    {
        var settings = request.Model(slot);
        var meter = new CallMeter(batch.Spending, slot.Letter, settings, request.Generation.Concurrency.Of(slot));
        using var client = models.Open(settings);
        var caller = new ModelCaller(client, settings, TimeSpan.FromSeconds(request.Generation.TimeoutSeconds), time,
            slot.Letter, request.Generation.Concurrency.Of(slot), meter);
        var cache = AnswerCache.Of(request, settings, store);
        var positions = new Dictionary<string, int>(prompts.Count, StringComparer.Ordinal);
        for (var i = 0; i < prompts.Count; i++)
        {
            positions[prompts[i].Id] = i;
        }

        batch.MostOfOneCall = meter.MostOf(prompts.Max(prompt => CallUsage.BytesOf(null, prompt.Text)));
        batch.Remembered = (i, row) => meter.Remember(prompts[i].Text, row.Text, row.InputTokens, row.OutputTokens, row.CachedFrom is not null);
        return await batch.AskAsync(prompts.Count, caller.Concurrency, row => positions.GetValueOrDefault(row.Id, -1), async (i, token) =>
        {
            if (cache is not null && await cache.FindAsync(prompts[i].Id, prompts[i].Text, token) is { } kept)
            {
                if (kept.Source == KeptBy.Sibling)
                {
                    batch.NoteKept(prompts[i].Id, kept.Row);
                }
                else if (kept.Source == KeptBy.ItsOwnCall)
                {
                    meter.Remember(prompts[i].Text, kept.Row.Text, kept.Row.InputTokens, kept.Row.OutputTokens);
                }

                return kept.Row;
            }

            var answer = await caller.CallAsync(prompts[i].Text, Record(prompts[i]), token);
            batch.Note(prompts[i].Id, answer);
            var row = answer.ToRow(prompts[i].Id);
            await (cache?.KeepAsync(prompts[i].Text, row, token) ?? Task.CompletedTask);
            return row;
        }, cancellationToken);
    }

    private static Dictionary<string, string?> Record(PromptRow prompt) => new(StringComparer.Ordinal)
    {
        ["id"] = prompt.Id,
        ["question"] = prompt.Question ?? prompt.Text,
        ["context"] = prompt.Context,
    };
}
