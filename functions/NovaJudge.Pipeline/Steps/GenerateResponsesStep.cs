using System.Collections.Concurrent;
using System.Text.Json;
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
public sealed class GenerateResponsesStep(IObjectStore store, IJournal journal, IModelProvider models, TimeProvider time)
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
        var done = await ReadJournalAsync(journalKey, cancellationToken);
        var settings = request.Model(input.Slot);
        using var client = models.Open(settings);
        var caller = new ModelCaller(client, settings, TimeSpan.FromSeconds(request.Generation.TimeoutSeconds), time,
            input.Slot.Letter, request.Generation.Concurrency.Of(input.Slot));
        var rows = new ResponseRow[prompts.Count];
        var telemetry = new ConcurrentBag<CallTelemetry>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = caller.Concurrency,
            CancellationToken = cancellationToken,
        };
        try
        {
            await Parallel.ForAsync(0, prompts.Count, parallel, async (i, token) =>
            {
                if (!done.TryGetValue(prompts[i].Id, out rows[i]!))
                {
                    var answer = await caller.CallAsync(prompts[i].Text, Record(prompts[i]), token);
                    rows[i] = answer.ToRow(prompts[i].Id);
                    await journal.AppendAsync(journalKey, JsonSerializer.SerializeToUtf8Bytes(rows[i], PipelineJson.Rows.ResponseRow), token);
                    telemetry.Add(new CallTelemetry(prompts[i].Id, Math.Round(answer.Latency.TotalMilliseconds, 3), answer.Attempts));
                }
            });
        }
        catch (ModelException e)
        {
            await journal.SaveAsync(journalKey, CancellationToken.None);
            throw await StopAsync(e, settings, keys, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await journal.SaveAsync(journalKey, CancellationToken.None);
            throw new PipelineException(ErrorNames.ModelDeadline, $"{settings.Name}: batch {input.Batch.Batch} ran out of time; what is finished was saved.");
        }

        await WriteTelemetryAsync(keys, input, telemetry, cancellationToken);
        return rows;
    }

    /// <summary>
    /// A failed Map reports its own error, not its item's. What stops the run for good is therefore written down
    /// here, where it is known.
    /// </summary>
    private async Task<PipelineException> StopAsync(ModelException failure, ModelSettings settings, RunKeys keys, CancellationToken cancellationToken)
    {
        var error = failure.Kind switch
        {
            ModelFailureKind.Warming => ErrorNames.ModelWarming,
            ModelFailureKind.Permanent => ErrorNames.ModelUnusable,
            _ => ErrorNames.ModelThrottled,
        };
        var message = $"{settings.Name} ({settings.Model}): {failure.Message}";
        if (error == ErrorNames.ModelUnusable)
        {
            await store.WriteDocumentAsync(keys.Failure, new RunFailure(error, message, StepNames.GenerateResponses),
                PipelineJson.Documents.RunFailure, cancellationToken, PutCondition.IfAbsent);
        }

        return new PipelineException(error, message, failure);
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

    private async Task<Dictionary<string, ResponseRow>> ReadJournalAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var done = new Dictionary<string, ResponseRow>(StringComparer.Ordinal);
        foreach (var line in await journal.ReadAsync(key, cancellationToken))
        {
            if (JsonSerializer.Deserialize(line.Span, PipelineJson.Rows.ResponseRow) is { } row)
            {
                done[row.Id] = row;
            }
        }

        return done;
    }

    private Task WriteTelemetryAsync(RunKeys keys, GenerateResponsesInput input, IEnumerable<CallTelemetry> calls, CancellationToken cancellationToken) =>
        store.WriteRowsAsync(keys.Telemetry($"calls/{input.Slot.Letter}/{input.Batch.Batch:D5}.jsonl"),
            calls.OrderBy(call => call.Id, StringComparer.Ordinal), PipelineJson.Rows.CallTelemetry, cancellationToken);

    private static Dictionary<string, string?> Record(PromptRow prompt) => new(StringComparer.Ordinal)
    {
        ["id"] = prompt.Id,
        ["question"] = prompt.Question ?? prompt.Text,
        ["context"] = prompt.Context,
    };
}
