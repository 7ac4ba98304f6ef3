using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Adds up the tokens of answers in the store, one batch at a time.</summary>
internal sealed class UsageTally
{
    public long Answered { get; private set; }

    public long Failed { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Answers of which tokens had to be estimated.</summary>
    public long Estimated { get; private set; }

    public long Rows => Answered + Failed;

    /// <summary>The answers of one model in the batches that are complete.</summary>
    public static async Task<UsageTally> OfAnswersAsync(IObjectStore store, RunKeys keys, ModelSlot slot, ModelSettings model, CancellationToken cancellationToken)
    {
        var tally = new UsageTally();
        await foreach (var batch in BatchesAsync(store, keys.Batches, cancellationToken))
        {
            if (await FindRowsAsync(store, keys.Responses(slot, batch.Batch), PipelineJson.Rows.ResponseRow, cancellationToken) is not { } rows)
            {
                continue;
            }

            var prompts = rows.All(row => row.Text is null || CallUsage.IsCounted(row)) ? null
                : await ReadRangeAsync(store, keys.Prompts, batch, PipelineJson.Rows.PromptRow, cancellationToken);
            for (var i = 0; i < rows.Count; i++)
            {
                var bytes = prompts is null || i >= prompts.Count ? 1 : CallUsage.BytesOf(model.SystemPrompt, prompts[i].Text);
                tally.Add(rows[i].Text, rows[i].InputTokens, rows[i].OutputTokens, bytes);
            }
        }

        return tally;
    }

    /// <summary>What the judging models wrote in the batches that are complete, by model.</summary>
    public static async Task<UsageTally[]> OfVerdictsAsync(IObjectStore store, RunKeys keys, JudgeSettings judge, CancellationToken cancellationToken)
    {
        var models = judge.Models ?? [];
        UsageTally[] tallies = [.. models.Select(_ => new UsageTally())];
        var prompt = JudgePrompt.TryParse(judge.Prompt ?? JudgePrompt.Default.Template, out _) ?? JudgePrompt.Default;
        var next = 0;
        await foreach (var batch in BatchesAsync(store, keys.JudgeBatches, cancellationToken))
        {
            var first = next;
            next += batch.Count;
            if (await FindRowsAsync(store, keys.JudgeAnswers(batch.Batch), PipelineJson.Rows.JudgeAnswerRow, cancellationToken) is not { } rows)
            {
                continue;
            }

            var pairs = rows.All(row => row.Text is null || IsCounted(row)) ? null
                : await ReadRangeAsync(store, keys.JudgeInput, batch, PipelineJson.Rows.JudgePair, cancellationToken);
            foreach (var row in rows.Where(row => row.Judge >= 0 && row.Judge < tallies.Length))
            {
                var pair = pairs is null || row.Row - first is var at && (at < 0 || at >= pairs.Count) ? null : pairs[row.Row - first];
                var bytes = pair is null || IsCounted(row) ? 1 : CallUsage.BytesOf(models[row.Judge].SystemPrompt, prompt.Render(pair, row.Order));
                tallies[row.Judge].Add(row.Text, row.InputTokens, row.OutputTokens, bytes);
            }
        }

        return tallies;
    }

    private static bool IsCounted(JudgeAnswerRow row) =>
        TokenEstimate.IsBelievable(row.InputTokens, textIsEmpty: false) && TokenEstimate.IsBelievable(row.OutputTokens, string.IsNullOrEmpty(row.Text));

    private void Add(string? answer, long? input, long? output, long promptBytes)
    {
        if (answer is null)
        {
            Failed++;
            return;
        }

        var usage = CallUsage.Of(input, output, promptBytes, answer);
        Answered++;
        InputTokens += usage.InputTokens;
        OutputTokens += usage.OutputTokens;
        Estimated += usage.Estimated ? 1 : 0;
    }

    private static async IAsyncEnumerable<BatchRow> BatchesAsync(
        IObjectStore store, ObjectKey key, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.OpenReadAsync(key, cancellationToken) is not { } stream)
        {
            yield break;
        }

        await using (stream)
        {
            await foreach (var batch in JsonLines.ReadAsync(stream, PipelineJson.Rows.BatchRow, cancellationToken))
            {
                yield return batch;
            }
        }
    }

    private static async Task<List<T>?> FindRowsAsync<T>(
        IObjectStore store, ObjectKey key, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, cancellationToken);
        return stream is null ? null : await JsonLines.ReadAsync(stream, type, cancellationToken).ToListAsync(cancellationToken);
    }

    private static async Task<List<T>?> ReadRangeAsync<T>(
        IObjectStore store, ObjectKey key, BatchRow batch, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, batch.Offset, batch.Length, cancellationToken);
        return stream is null ? null : await JsonLines.ReadAsync(stream, type, cancellationToken).ToListAsync(cancellationToken);
    }
}
