using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Anchors;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Rows">Pairs that the judge gets.</param>
/// <param name="GenerationFailed">Prompts that at least one model did not answer.</param>
/// <param name="TooLongForJudge">Prompts beyond the judge's context.</param>
/// <param name="Anchors">Frozen pairs that it gets as well.</param>
public sealed record WriteJudgeDatasetOutput(int Rows, int GenerationFailed, int TooLongForJudge, int Anchors);

/// <summary>
/// Joins prompts and answers into the judge's data set. Failed answers are counted, never judged; beyond
/// the tolerated share the run ends here, before a judge is paid for.
/// </summary>
public sealed class WriteJudgeDatasetStep(IObjectStore store)
{
    public async Task<WriteJudgeDatasetOutput> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var counts = await store.FindDocumentAsync(keys.JudgePairs, PipelineJson.Documents.PairCounts, cancellationToken);
        if (counts is null)
        {
            var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
            counts = await WriteAsync(keys, request, cancellationToken);
            await store.WriteDocumentAsync(keys.JudgePairs, counts, PipelineJson.Documents.PairCounts, cancellationToken);
        }

        return new WriteJudgeDatasetOutput(counts.Rows, counts.GenerationFailed, counts.TooLongForJudge, counts.Anchors);
    }

    private async Task<PairCounts> WriteAsync(RunKeys keys, EvaluationRequest request, CancellationToken cancellationToken)
    {
        var (a, b) = (new SlotTally(), new SlotTally());
        int prompts = 0, rows = 0, failed = 0, tooLong = 0;
        var choice = new AnchorChoice(request.Judge.Anchors ?? 0);
        IReadOnlyList<AnchorRow> anchors = [];
        await WriteTogetherAsync(new[] { keys.JudgeInput, keys.JudgeIndex, keys.JudgeBatches, keys.JudgeExcluded }, async (streams, token) =>
        {
            await using var pairs = new JsonLinesWriter(streams[0]);
            await using var index = new JsonLinesWriter(streams[1]);
            await using var batches = new JsonLinesWriter(streams[2]);
            await using var excluded = new JsonLinesWriter(streams[3]);
            var batch = new BatchRow(0, 0, 0, 0);
            await foreach (var (prompt, answerA, answerB) in JoinAsync(keys, token))
            {
                prompts++;
                a.Add(answerA);
                b.Add(answerB);
                if (answerA.Text is not { } textA || answerB.Text is not { } textB)
                {
                    failed++;
                    await excluded.WriteAsync(new VerdictRow(prompt.Id, null, null, PromptOutcome.GenerationFailed, Failures(answerA, answerB)), PipelineJson.Rows.VerdictRow, token);
                }
                else if (JudgeContext.IsTooLong(request.Judge.Kind, prompt.Text, textA, textB))
                {
                    tooLong++;
                    await excluded.WriteAsync(new VerdictRow(prompt.Id, null, null, PromptOutcome.TooLongForJudge), PipelineJson.Rows.VerdictRow, token);
                }
                else
                {
                    var pair = new JudgePair(prompt.Text, textA, textB);
                    choice.Offer(prompt, pair);
                    await SendAsync(prompt.Id, pair, rows++);
                }
            }

            await RefuseTooManyFailuresAsync(request, keys, prompts, a, b, rows, token);
            anchors = request.Judge.Anchors is null ? [] : await store.AdoptAnchorsAsync(request, choice, token);
            foreach (var (i, anchor) in anchors.Index())
            {
                await SendAsync(anchor.Id, new JudgePair(anchor.Prompt, anchor.ResponseA, anchor.ResponseB), rows + i);
            }

            if (batch.Count > 0)
            {
                await batches.WriteAsync(batch, PipelineJson.Rows.BatchRow, token);
            }

            async Task SendAsync(string id, JudgePair pair, int row)
            {
                await pairs.WriteAsync(pair, PipelineJson.Rows.JudgePair, token);
                await index.WriteAsync(new JudgeIndexRow(row, id), PipelineJson.Rows.JudgeIndexRow, token);
                batch = batch with { Length = pairs.Position - batch.Offset, Count = batch.Count + 1 };
                if (batch.Count == request.Generation.BatchSize)
                {
                    await batches.WriteAsync(batch, PipelineJson.Rows.BatchRow, token);
                    batch = new BatchRow(batch.Batch + 1, pairs.Position, 0, 0);
                }
            }
        }, cancellationToken);
        if (anchors.Count > 0)
        {
            await store.WriteRowsAsync(keys.JudgeAnchors, anchors, PipelineJson.Rows.AnchorRow, cancellationToken);
        }

        return new PairCounts(prompts, rows, failed, tooLong, new GenerationMetrics(a.ToMetrics(), b.ToMetrics()), a.Cached, b.Cached, anchors.Count);
    }

    /// <summary>Writes several objects in one go: all of them appear when the last one is complete, or none does.</summary>
    private async Task WriteTogetherAsync(
        ReadOnlyMemory<ObjectKey> keys, Func<IReadOnlyList<Stream>, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var streams = new List<Stream>();
        await NextAsync(keys, cancellationToken);

        Task NextAsync(ReadOnlyMemory<ObjectKey> remaining, CancellationToken token) => remaining.IsEmpty
            ? write(streams, token)
            : store.WriteAsync(remaining.Span[0], (stream, inner) =>
            {
                streams.Add(stream);
                return NextAsync(remaining[1..], inner);
            }, PutCondition.Always, token);
    }

    private static string Failures(ResponseRow a, ResponseRow b) => string.Join(", ", new[] { ("a", a.Error), ("b", b.Error) }
        .Where(slot => slot.Item2 is not null)
        .Select(slot => $"{slot.Item1}: {slot.Item2!.Kind}"));

    private async IAsyncEnumerable<(PromptRow Prompt, ResponseRow A, ResponseRow B)> JoinAsync(
        RunKeys keys, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var answersA = store.ReadResponsesAsync(keys, ModelSlot.A, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var answersB = store.ReadResponsesAsync(keys, ModelSlot.B, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var prompt in store.ReadPromptsAsync(keys, cancellationToken))
        {
            yield return (prompt, await NextAsync(answersA, prompt, keys, ModelSlot.A), await NextAsync(answersB, prompt, keys, ModelSlot.B));
        }
    }

    private static async ValueTask<ResponseRow> NextAsync(IAsyncEnumerator<ResponseRow> answers, PromptRow prompt, RunKeys keys, ModelSlot slot) =>
        await answers.MoveNextAsync() && answers.Current.Id == prompt.Id
            ? answers.Current
            : throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Prefix}responses/{slot.Letter}: the answer to prompt \"{prompt.Id}\" is missing or out of order; the files were changed.");

    private async Task RefuseTooManyFailuresAsync(
        EvaluationRequest request, RunKeys keys, int prompts, SlotTally a, SlotTally b, int rows, CancellationToken cancellationToken)
    {
        var message = Excess(request.ModelA, a, request, prompts) ?? Excess(request.ModelB, b, request, prompts)
            ?? (rows == 0 ? "No prompt is left to judge: each one failed or is too long for the judge." : null);
        if (message is not null)
        {
            await store.WriteDocumentAsync(keys.Failure, new RunFailure(ErrorNames.GenerationFailed, message, StepNames.WriteJudgeDataset),
                PipelineJson.Documents.RunFailure, cancellationToken);
            throw new PipelineException(ErrorNames.GenerationFailed, message);
        }
    }

    private static string? Excess(ModelSettings model, SlotTally tally, EvaluationRequest request, int prompts)
    {
        var metrics = tally.ToMetrics();
        if (metrics.Failed * 100.0 <= request.Generation.ToleratedFailurePercentage * prompts)
        {
            return null;
        }

        var kinds = string.Join(", ", metrics.FailuresByKind.Select(kind => $"{kind.Key} {kind.Value}"));
        return $"{model.Name} failed on {metrics.Failed} of {prompts} prompts ({kinds}); tolerated are {request.Generation.ToleratedFailurePercentage:0.##}%. "
            + $"First failure: {tally.FirstFailure} No judge was started. Mend the model and start the run again, which asks the failed prompts only; or raise generation.toleratedFailurePercentage.";
    }

    /// <summary>Counts the answers of one model.</summary>
    private sealed class SlotTally
    {
        private readonly SortedDictionary<string, int> _failures = new(StringComparer.Ordinal);
        private int _answered;
        private int _empty;
        private long _inputTokens;
        private long _outputTokens;

        public string? FirstFailure { get; private set; }

        /// <summary>Answers from the cache, if any.</summary>
        public int? Cached { get; private set; }

        public void Add(ResponseRow row)
        {
            _inputTokens += row.InputTokens ?? 0;
            _outputTokens += row.OutputTokens ?? 0;
            if (row.Text is null)
            {
                FirstFailure ??= row.Error?.Message;
                var kind = row.Error?.Kind ?? "unknown";
                _failures[kind] = _failures.GetValueOrDefault(kind) + 1;
                return;
            }

            _answered++;
            Cached = row.CachedFrom is null ? Cached : (Cached ?? 0) + 1;
            _empty += string.IsNullOrWhiteSpace(row.Text) ? 1 : 0;
        }

        public SlotGeneration ToMetrics() => new(_answered, _failures.Values.Sum(), _empty, _failures, _inputTokens, _outputTokens);
    }
}
