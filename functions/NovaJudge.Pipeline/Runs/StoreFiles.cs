using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Anchors;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Runs;

/// <summary>The typed objects of a run, read from and written to any store.</summary>
public static class StoreFiles
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    extension(IObjectStore store)
    {
        /// <summary>The run's request, or <c>null</c> when it has none.</summary>
        public Task<EvaluationRequest?> FindRequestAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.FindDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);

        /// <summary>The run's metrics, or <c>null</c> when they were not computed yet.</summary>
        public Task<RunMetrics?> FindMetricsAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.FindDocumentAsync(keys.Metrics, PipelineJson.Documents.RunMetrics, cancellationToken);

        /// <summary>The run's summary, or <c>null</c> when it has not ended well.</summary>
        public Task<RunSummary?> FindSummaryAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.FindDocumentAsync(keys.Summary, PipelineJson.Documents.RunSummary, cancellationToken);

        /// <summary>What the run cost, or <c>null</c> when that was not computed.</summary>
        public Task<RunLedger?> FindLedgerAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.FindDocumentAsync(keys.Ledger, PipelineJson.Documents.RunLedger, cancellationToken);

        /// <summary>The prompts of a run, in order.</summary>
        public IAsyncEnumerable<PromptRow> ReadPromptsAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.ReadRowsAsync(keys.Prompts, PipelineJson.Rows.PromptRow, cancellationToken);

        /// <summary>The batches of a run, in order.</summary>
        public IAsyncEnumerable<BatchRow> ReadBatchesAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.ReadRowsAsync(keys.Batches, PipelineJson.Rows.BatchRow, cancellationToken);

        /// <summary>The answers of one model, in the order of the prompts.</summary>
        public async IAsyncEnumerable<ResponseRow> ReadResponsesAsync(
            RunKeys keys, ModelSlot slot, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var batch in store.ReadBatchesAsync(keys, cancellationToken))
            {
                await foreach (var row in store.ReadRowsAsync(keys.Responses(slot, batch.Batch), PipelineJson.Rows.ResponseRow, cancellationToken))
                {
                    yield return row;
                }
            }
        }

        /// <summary>The pairs that the judge gets, in order.</summary>
        public IAsyncEnumerable<JudgePair> ReadJudgePairsAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.ReadRowsAsync(keys.JudgeInput, PipelineJson.Rows.JudgePair, cancellationToken);

        /// <summary>Which prompt each of those pairs belongs to, in the same order.</summary>
        public IAsyncEnumerable<JudgeIndexRow> ReadJudgeIndexAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.ReadRowsAsync(keys.JudgeIndex, PipelineJson.Rows.JudgeIndexRow, cancellationToken);

        /// <summary>The frozen pairs that the judge gets after the run's own; nothing for a run without any.</summary>
        public async IAsyncEnumerable<AnchorRow> ReadJudgeAnchorsAsync(RunKeys keys, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (await store.FindAsync(keys.JudgeAnchors, cancellationToken) is not null)
            {
                await foreach (var anchor in store.ReadRowsAsync(keys.JudgeAnchors, PipelineJson.Rows.AnchorRow, cancellationToken))
                {
                    yield return anchor;
                }
            }
        }

        /// <summary>The verdicts of a run, in the order of the prompts.</summary>
        public IAsyncEnumerable<VerdictRow> ReadVerdictsAsync(RunKeys keys, CancellationToken cancellationToken) =>
            store.ReadRowsAsync(keys.Verdicts, PipelineJson.Rows.VerdictRow, cancellationToken);

        /// <summary>The whole object, or <c>null</c>.</summary>
        public async Task<byte[]?> ReadBytesAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            await using var stream = await store.OpenReadAsync(key, cancellationToken);
            if (stream is null)
            {
                return null;
            }

            using var buffer = new MemoryStream();
            await stream.CopyToAsync(buffer, cancellationToken);
            return buffer.ToArray();
        }

        /// <summary>Writes a small object whole.</summary>
        public Task<bool> WriteBytesAsync(ObjectKey key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken) =>
            store.WriteAsync(key, async (stream, token) => await stream.WriteAsync(content, token), condition, cancellationToken);

        /// <summary>Writes a text as UTF-8.</summary>
        public Task<bool> WriteTextAsync(ObjectKey key, string content, CancellationToken cancellationToken) =>
            store.WriteBytesAsync(key, Encoding.UTF8.GetBytes(content), PutCondition.Always, cancellationToken);

        internal async Task<T?> FindDocumentAsync<T>(ObjectKey key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
            where T : class
        {
            await using var stream = await store.OpenReadAsync(key, cancellationToken);
            return stream is null ? null : await JsonSerializer.DeserializeAsync(stream, type, cancellationToken);
        }

        internal async Task<T> ReadDocumentAsync<T>(ObjectKey key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
            where T : class =>
            await store.FindDocumentAsync(key, type, cancellationToken)
            ?? throw new PipelineException(ErrorNames.StoreFailed, $"{key} is missing; the step that writes it has not run, or somebody deleted it.");

        internal Task<bool> WriteDocumentAsync<T>(
            ObjectKey key, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken, PutCondition condition = PutCondition.Always) =>
            store.WriteAsync(key, async (stream, token) =>
            {
                await JsonSerializer.SerializeAsync(stream, document, type, token);
                await stream.WriteAsync(NewLine, token);
            }, condition, cancellationToken);

        internal async IAsyncEnumerable<T> ReadRowsAsync<T>(
            ObjectKey key, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var stream = await store.OpenReadAsync(key, cancellationToken)
                ?? throw new PipelineException(ErrorNames.StoreFailed, $"{key} is missing; the step that writes it has not run, or somebody deleted it.");
            await using (stream)
            {
                await foreach (var row in JsonLines.ReadAsync(stream, type, cancellationToken))
                {
                    yield return row;
                }
            }
        }

        /// <summary>The rows of one batch, by range.</summary>
        internal async Task<IReadOnlyList<T>> ReadBatchAsync<T>(ObjectKey key, BatchRow batch, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        {
            await using var stream = await store.OpenReadAsync(key, batch.Offset, batch.Length, cancellationToken)
                ?? throw new PipelineException(ErrorNames.StoreFailed, $"{key} is missing; the step that writes it has not run, or somebody deleted it.");
            var rows = new List<T>(batch.Count);
            await foreach (var row in JsonLines.ReadAsync(stream, type, cancellationToken))
            {
                rows.Add(row);
            }

            return rows.Count == batch.Count
                ? rows
                : throw new PipelineException(ErrorNames.StoreFailed, $"{key}: batch {batch.Batch} holds {rows.Count} rows where {batch.Count} are expected; the file was changed.");
        }

        internal Task<bool> WriteRowsAsync<T>(
            ObjectKey key, IEnumerable<T> rows, JsonTypeInfo<T> type, CancellationToken cancellationToken, PutCondition condition = PutCondition.Always) =>
            store.WriteAsync(key, async (stream, token) =>
            {
                await using var writer = new JsonLinesWriter(stream);
                foreach (var row in rows)
                {
                    await writer.WriteAsync(row, type, token);
                }
            }, condition, cancellationToken);
    }
}
