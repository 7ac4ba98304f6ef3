using System.Text;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Prompts">Prompts of this run.</param>
/// <param name="Batches">Batches they are answered in.</param>
/// <param name="Records">Usable records of the whole data set.</param>
/// <param name="UnanswerableLeftOut">Questions without an answer that took no part.</param>
public sealed record SamplePromptsOutput(int Prompts, int Batches, long Records, long UnanswerableLeftOut);

/// <summary>Draws the sample, renders each prompt once, and cuts the prompts into batches.</summary>
public sealed class SamplePromptsStep(IObjectStore store, IDatasetSources datasets)
{
    public async Task<SamplePromptsOutput> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var counts = await store.FindDocumentAsync(keys.Sample, PipelineJson.Documents.SampleCounts, cancellationToken);
        if (counts is null)
        {
            var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
            counts = await SampleAsync(keys, request, cancellationToken);
            await store.WriteDocumentAsync(keys.Sample, counts, PipelineJson.Documents.SampleCounts, cancellationToken);
        }

        return new SamplePromptsOutput(counts.Prompts, counts.Batches, counts.Records, counts.UnanswerableLeftOut);
    }

    /// <summary>How many prompts a request would draw and how long they are, without writing anything.</summary>
    public async Task<(SampleCounts Counts, TextLengths Texts)> MeasureAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        var sample = await DrawAsync(request, cancellationToken);
        var (prompts, promptBytes, answerBytes) = (0, 0L, 0L);
        try
        {
            await foreach (var record in sample.Records.WithCancellation(cancellationToken))
            {
                prompts++;
                promptBytes += Encoding.UTF8.GetByteCount(Render(request, record).Text);
                answerBytes += Encoding.UTF8.GetByteCount(record.ResponseA ?? "") + Encoding.UTF8.GetByteCount(record.ResponseB ?? "");
            }
        }
        catch (DatasetException e)
        {
            throw PipelineException.BadInput(e.Message);
        }

        return (Counts(request, sample, prompts), new TextLengths(prompts, promptBytes, answerBytes));
    }

    private async Task<SampleCounts> SampleAsync(RunKeys keys, EvaluationRequest request, CancellationToken cancellationToken)
    {
        var sample = await DrawAsync(request, cancellationToken);
        var prompts = 0;
        await store.WriteAsync(keys.Prompts, (promptStream, promptToken) =>
            store.WriteAsync(keys.Batches, async (batchStream, token) =>
            {
                await using var promptRows = new JsonLinesWriter(promptStream);
                await using var batchRows = new JsonLinesWriter(batchStream);
                var batch = new BatchRow(0, 0, 0, 0);
                var supplied = new List<DatasetRecord>();
                try
                {
                    await foreach (var record in sample.Records.WithCancellation(token))
                    {
                        supplied.Add(record);
                        foreach (var prompt in Repeated(Render(request, record), request.Generation.Repeats ?? 1))
                        {
                            await promptRows.WriteAsync(prompt, PipelineJson.Rows.PromptRow, token);
                            prompts++;
                            batch = batch with { Length = promptRows.Position - batch.Offset, Count = batch.Count + 1 };
                            if (batch.Count == request.Generation.BatchSize)
                            {
                                await CloseAsync(keys, request, batch, supplied, batchRows, token);
                                batch = new BatchRow(batch.Batch + 1, promptRows.Position, 0, 0);
                            }
                        }
                    }
                }
                catch (DatasetException e)
                {
                    throw PipelineException.BadInput(e.Message);
                }

                if (batch.Count > 0)
                {
                    await CloseAsync(keys, request, batch, supplied, batchRows, token);
                }
            }, PutCondition.Always, promptToken), PutCondition.Always, cancellationToken);
        return Counts(request, sample, prompts);
    }

    private async Task<SampleResult> DrawAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        var options = new DatasetOptions
        {
            Name = request.Dataset.Source,
            Format = DatasetFormats.Parse(request.Dataset.Format),
            IncludeUnanswerable = request.Dataset.IncludeUnanswerable,
        };
        try
        {
            return await Sampler.SampleAsync(token => datasets.OpenAsync(request.Dataset.Source, token), options, request.Dataset.Sample, cancellationToken);
        }
        catch (DatasetException e)
        {
            throw PipelineException.BadInput(e.Message);
        }
    }

    private static PromptRow Render(EvaluationRequest request, DatasetRecord record)
    {
        if (request.Judge.Kind.StartsWith("embedded:", StringComparison.Ordinal) && record.References is not { Count: > 0 })
        {
            throw PipelineException.BadInput(
                $"{request.Dataset.Source}: record \"{record.Id}\" has no references, which the judge {request.Judge.Kind} scores against. "
                + "Add them, or choose a judge that needs none: nova or model:<spec>.");
        }

        var text = PromptTemplate.Render(request.Dataset.PromptTemplate, record.Id, record.Prompt, record.Context, record.Category);
        return new PromptRow(record.Id, text, text == record.Prompt ? null : record.Prompt, record.Context, record.References, record.Category, record.Cluster);
    }

    /// <summary>One row for each answer that is asked for. Answers to one prompt depend on each other: without a cluster of its own the prompt is one.</summary>
    private static IEnumerable<PromptRow> Repeated(PromptRow prompt, int repeats)
    {
        yield return repeats == 1 ? prompt : prompt with { Cluster = prompt.Cluster ?? $"prompt {prompt.Id}" };
        for (var repeat = 2; repeat <= repeats; repeat++)
        {
            yield return prompt with { Id = $"{prompt.Id}~{repeat}", Cluster = prompt.Cluster ?? $"prompt {prompt.Id}" };
        }
    }

    /// <summary>Ends a batch. Answers that the data set brought along become the batch's responses.</summary>
    private async Task CloseAsync(
        RunKeys keys, EvaluationRequest request, BatchRow batch, List<DatasetRecord> records, JsonLinesWriter batches, CancellationToken cancellationToken)
    {
        await batches.WriteAsync(batch, PipelineJson.Rows.BatchRow, cancellationToken);
        if (request.Dataset.Format == "pairs")
        {
            await store.WriteRowsAsync(keys.Responses(ModelSlot.A, batch.Batch), records.Select(record => new ResponseRow(record.Id, record.ResponseA)), PipelineJson.Rows.ResponseRow, cancellationToken);
            await store.WriteRowsAsync(keys.Responses(ModelSlot.B, batch.Batch), records.Select(record => new ResponseRow(record.Id, record.ResponseB)), PipelineJson.Rows.ResponseRow, cancellationToken);
        }

        records.Clear();
    }

    private static SampleCounts Counts(EvaluationRequest request, SampleResult sample, int prompts) => new(
        request.Dataset.Format, sample.Counts.Records, sample.Counts.UnanswerableLeftOut, prompts,
        (prompts + request.Generation.BatchSize - 1) / request.Generation.BatchSize);
}
