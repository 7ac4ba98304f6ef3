using System.Text.Json;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Execution">The execution that asks.</param>
/// <param name="Input">Its input, as it came.</param>
public sealed record PlanRunInput(ExecutionInfo Execution, JsonElement Input);

/// <summary>What the flow needs to know of a run; all else lies in the store.</summary>
public sealed record PlanRunOutput
{
    public required RunId RunId { get; init; }

    /// <summary>Another execution owns this run: there is nothing to do.</summary>
    public required bool AlreadyStarted { get; init; }

    /// <summary>The data set brings both answers along.</summary>
    public required bool ResponsesSupplied { get; init; }

    /// <summary><c>job</c> or <c>model</c>.</summary>
    public required string Judging { get; init; }

    /// <summary>How long the machine waits for the judge at most.</summary>
    public required int JudgeTimeoutSeconds { get; init; }

    public required MapConcurrency MapConcurrency { get; init; }

    public required string BatchesKey { get; init; }

    public required string JudgeBatchesKey { get; init; }

    public required string MapResultsPrefix { get; init; }
}

/// <summary>Batches at once, for each Map.</summary>
public sealed record MapConcurrency(int A, int B, int Judge);

/// <summary>
/// Makes one complete request of whatever started the execution, refuses what cannot work before
/// anything is spent, and claims the run id.
/// </summary>
public sealed class PlanRunStep(
    IObjectStore store, IDatasetSources datasets, IModelProvider models, IJudgeJobs judges, RequestDefaults defaults, IJournal? journal = null)
{
    /// <summary>Time beyond the judge's own limit: waiting for capacity, downloading, uploading.</summary>
    private const int JudgeGraceSeconds = 3600;

    public async Task<PlanRunOutput> RunAsync(PlanRunInput input, CancellationToken cancellationToken)
    {
        var trigger = TriggerReader.Read(input.Input, input.Execution);
        var keys = new RunKeys(trigger.Identity.RunId);
        var claim = await store.FindDocumentAsync(keys.Claim, PipelineJson.Documents.RunClaim, cancellationToken);
        var request = claim?.Execution == input.Execution.Id ? await store.FindRequestAsync(keys, cancellationToken) : null;
        if (request is null && claim is not null && claim.Execution != input.Execution.Id)
        {
            return AlreadyStarted(keys, trigger.Identity.RunId);
        }

        var isRestart = request is not null;

        // A run that goes on may be given other limits, and nothing else.
        request = request is null ? await ReadRequestAsync(trigger, cancellationToken)
            : trigger.Upload is null ? RunLimits.Apply(request, ReadWritten(trigger))
            : request;
        await CheckCostAsync(request, cancellationToken);
        claim = await ClaimAsync(keys, input.Execution, cancellationToken);
        if (claim.Execution != input.Execution.Id)
        {
            return AlreadyStarted(keys, request.RunId);
        }

        if (isRestart && journal is not null)
        {
            await ForgetAsync(new EarlierAnswers(store, journal), keys, request.Generation.Cache, cancellationToken);
        }

        await store.DeleteAsync(keys.Failure, cancellationToken);
        await store.WriteDocumentAsync(keys.Request, request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
        return Plan(keys, request);
    }

    /// <summary>The complete request that an input leads to, checked like any other, without claiming or writing anything.</summary>
    public Task<EvaluationRequest> PreviewAsync(PlanRunInput input, CancellationToken cancellationToken) =>
        ReadRequestAsync(TriggerReader.Read(input.Input, input.Execution), cancellationToken);

    /// <summary>What a request would draw and cost, without writing anything.</summary>
    public async Task<(SampleCounts Counts, CostEstimate Estimate)> EstimateAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        var (counts, texts) = await new SamplePromptsStep(store, datasets).MeasureAsync(request, cancellationToken);
        return (counts, CostEstimator.Of(request, texts, judges.InstanceOf(request.Judge)));
    }

    /// <summary>Refuses a run that is known to pass its ceiling. The estimate needs the texts, so only a run with a ceiling pays for reading them twice.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.CostCeiling"/> or <see cref="ErrorNames.BadInput"/></exception>
    public async Task CheckCostAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        if (request.Cost is { MaxUsd: not null } or { MaxTokens: not null })
        {
            Ceiling.Check(request.Cost, (await EstimateAsync(request, cancellationToken)).Estimate);
        }
    }

    /// <summary>The request as written, with nothing looked up.</summary>
    private EvaluationRequest ReadWritten(Trigger trigger)
    {
        var problems = new List<string>();
        var request = new RequestReader(defaults).Read(trigger.Body, trigger.Identity, problems);
        return problems.Count == 0 ? request : throw PipelineException.BadInput(problems);
    }

    private async Task<EvaluationRequest> ReadRequestAsync(Trigger trigger, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var body = trigger.Upload is null ? trigger.Body : await ReadUploadAsync(trigger.Upload, cancellationToken);
        var request = new RequestReader(defaults).Read(body, trigger.Identity, problems);
        if (problems.Count == 0)
        {
            var format = await DetectFormatAsync(request.Dataset, problems, cancellationToken);
            var supplied = format == "pairs";
            if (supplied && request.Dataset.Format != "pairs")
            {
                // The default models answer nothing here, so they must not lend their names either.
                request = new RequestReader(defaults.ForPairs).Read(body, trigger.Identity, problems);
            }

            request = request with { Dataset = request.Dataset with { Format = format } };
            await CheckAsync("$.modelA.model", supplied ? null : () => models.CheckAsync(request.ModelA, cancellationToken), problems);
            await CheckAsync("$.modelB.model", supplied ? null : () => models.CheckAsync(request.ModelB, cancellationToken), problems);
            if (request.Judge.Models is { } judging)
            {
                for (var i = 0; i < judging.Count; i++)
                {
                    var judge = judging[i];
                    await CheckAsync(i == 0 ? "$.judge.kind" : $"$.judge.panel[{i - 1}].model", () => models.CheckAsync(judge, cancellationToken), problems);
                }
            }
            else
            {
                await CheckAsync("$.judge.kind", () => judges.CheckAsync(request.Judge, cancellationToken), problems);
            }
        }

        return problems.Count == 0 ? request : throw PipelineException.BadInput(problems);
    }

    /// <summary>
    /// A run that ended because too many prompts failed asks those again; the failure's record goes away only afterwards, so that a restart that is
    /// cut off begins anew. Failures that a run got over are part of its result, and stay.
    /// </summary>
    private async Task ForgetAsync(EarlierAnswers answers, RunKeys keys, CacheMode cache, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(keys.JudgePairs, cancellationToken) is not null)
        {
            return;
        }

        if (cache == CacheMode.Off)
        {
            await answers.ForgetAllAsync(keys, cancellationToken);
        }
        else if (await store.FindDocumentAsync(keys.Failure, PipelineJson.Documents.RunFailure, cancellationToken) is { Error: ErrorNames.GenerationFailed })
        {
            await answers.ForgetFailuresAsync(keys, cancellationToken);
        }
    }

    private async Task<JsonElement> ReadUploadAsync(UploadedObject upload, CancellationToken cancellationToken)
    {
        if (!upload.Key.StartsWith(RunKeys.IncomingPrefix, StringComparison.Ordinal) || upload.Key.EndsWith('/'))
        {
            throw PipelineException.BadInput($"Object \"{upload.Key}\": only objects under {RunKeys.IncomingPrefix} start a run.");
        }

        var key = ObjectKey.Parse(upload.Key);
        if (Path.GetFileName(upload.Key) == "request.json")
        {
            var bytes = await store.ReadBytesAsync(key, cancellationToken)
                ?? throw PipelineException.BadInput($"Object \"{key}\": it is gone.");
            try
            {
                return JsonDocument.Parse(bytes).RootElement;
            }
            catch (JsonException e)
            {
                throw PipelineException.BadInput($"Object \"{key}\", line {e.LineNumber + 1}: it is not JSON. {e.Message}");
            }
        }

        return JsonSerializer.SerializeToElement(
            new Dictionary<string, Dictionary<string, string>> { ["dataset"] = new() { ["source"] = upload.Key } },
            PipelineJson.Documents.DictionaryStringDictionaryStringString);
    }

    private async Task<string> DetectFormatAsync(DatasetSettings dataset, List<string> problems, CancellationToken cancellationToken)
    {
        if (await datasets.CheckAsync(dataset.Source, cancellationToken) is { } problem)
        {
            problems.Add($"$.dataset.source: {problem}");
            return dataset.Format;
        }

        if (dataset.Format is not ("auto" or "csv"))
        {
            return dataset.Format;
        }

        await using var stream = await datasets.OpenAsync(dataset.Source, cancellationToken);
        try
        {
            return await DatasetFormats.DetectAsync(stream, dataset.Source, DatasetFormats.Parse(dataset.Format), cancellationToken);
        }
        catch (DatasetException e)
        {
            problems.Add($"$.dataset.source: {e.Message}");
            return dataset.Format;
        }
    }

    private async Task<RunClaim> ClaimAsync(RunKeys keys, ExecutionInfo execution, CancellationToken cancellationToken)
    {
        var claim = new RunClaim(execution.Id, execution.StartTime);
        var mine = await store.WriteDocumentAsync(keys.Claim, claim, PipelineJson.Documents.RunClaim, cancellationToken, PutCondition.IfAbsent);
        return mine ? claim : await store.ReadDocumentAsync(keys.Claim, PipelineJson.Documents.RunClaim, cancellationToken);
    }

    private static async Task CheckAsync(string path, Func<ValueTask<string?>>? check, List<string> problems)
    {
        if (check is not null && await check() is { } problem)
        {
            problems.Add($"{path}: {problem}");
        }
    }

    private static PlanRunOutput AlreadyStarted(RunKeys keys, RunId runId) => new()
    {
        RunId = runId,
        AlreadyStarted = true,
        ResponsesSupplied = false,
        Judging = "job",
        JudgeTimeoutSeconds = 1,
        MapConcurrency = new MapConcurrency(1, 1, 1),
        BatchesKey = keys.Batches.Value,
        JudgeBatchesKey = keys.JudgeBatches.Value,
        MapResultsPrefix = keys.MapResultsPrefix,
    };

    private static PlanRunOutput Plan(RunKeys keys, EvaluationRequest request) => AlreadyStarted(keys, request.RunId) with
    {
        AlreadyStarted = false,
        ResponsesSupplied = request.Dataset.Format == "pairs",
        Judging = request.Judge.IsModel ? "model" : "job",
        JudgeTimeoutSeconds = (request.Judge.MaxRuntimeMinutes * 60) + JudgeGraceSeconds,
        MapConcurrency = new MapConcurrency(
            ConcurrencySettings.Batches(request.Generation.Concurrency.A),
            ConcurrencySettings.Batches(request.Generation.Concurrency.B),
            ConcurrencySettings.Batches(request.Judge.Concurrency)),
    };
}
