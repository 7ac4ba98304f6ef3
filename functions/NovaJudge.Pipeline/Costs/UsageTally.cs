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

    /// <summary>Answers that another run had paid for and a cache kept. They are no calls of this run, and their tokens stand apart.</summary>
    public long Kept { get; private set; }

    public long KeptInputTokens { get; private set; }

    public long KeptOutputTokens { get; private set; }

    /// <summary>Calls that came back, answered or not.</summary>
    public long Rows => Answered + Failed;

    /// <summary>The answers of one model in the batches that are complete, and in the journals of the others where one is given.</summary>
    public static async Task<UsageTally> OfAnswersAsync(
        IObjectStore store, RunKeys keys, ModelSlot slot, ModelSettings model, CancellationToken cancellationToken, IJournal? journal = null)
    {
        var tally = new UsageTally();
        await foreach (var batch in BatchesAsync(store, keys.Batches, cancellationToken))
        {
            var rows = await FindRowsAsync(store, keys.Responses(slot, batch.Batch), PipelineJson.Rows.ResponseRow, cancellationToken)
                ?? await JournalledAsync(journal, keys.PartialResponses(slot, batch.Batch), PipelineJson.Rows.ResponseRow, row => row.Id, cancellationToken);
            var prompts = rows.All(row => row.Text is null || CallUsage.IsCounted(row)) ? null
                : (await ReadRangeAsync(store, keys.Prompts, batch, PipelineJson.Rows.PromptRow, cancellationToken))?.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
            foreach (var row in rows)
            {
                var bytes = prompts?.GetValueOrDefault(row.Id) is { } prompt ? CallUsage.BytesOf(model.SystemPrompt, prompt.Text) : 1;
                tally.Add(row.Text, row.InputTokens, row.OutputTokens, bytes, row.CachedFrom is not null);
            }
        }

        return tally;
    }

    /// <summary>What the judging models wrote, by model; as for answers.</summary>
    public static async Task<UsageTally[]> OfVerdictsAsync(
        IObjectStore store, RunKeys keys, JudgeSettings judge, CancellationToken cancellationToken, IJournal? journal = null)
    {
        var models = judge.Models ?? [];
        UsageTally[] tallies = [.. models.Select(_ => new UsageTally())];
        var prompt = JudgePrompt.TryParse(judge.Prompt ?? JudgePrompt.Default.Template, out _) ?? JudgePrompt.Default;
        var next = 0;
        await foreach (var batch in BatchesAsync(store, keys.JudgeBatches, cancellationToken))
        {
            var first = next;
            next += batch.Count;
            var rows = await FindRowsAsync(store, keys.JudgeAnswers(batch.Batch), PipelineJson.Rows.JudgeAnswerRow, cancellationToken)
                ?? await JournalledAsync(journal, keys.PartialJudgeAnswers(batch.Batch), PipelineJson.Rows.JudgeAnswerRow, row => (row.Row, row.Order, row.Judge), cancellationToken);
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

    private void Add(string? answer, long? input, long? output, long promptBytes, bool isKept = false)
    {
        if (answer is null)
        {
            Failed++;
            return;
        }

        var usage = CallUsage.Of(input, output, promptBytes, answer);
        if (isKept)
        {
            Kept++;
            KeptInputTokens += usage.InputTokens;
            KeptOutputTokens += usage.OutputTokens;
            return;
        }

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

    /// <summary>The rows of an unfinished batch, the last line of each; lines that are no such row are none of it.</summary>
    private static async Task<List<T>> JournalledAsync<T, TKey>(
        IJournal? journal, ObjectKey key, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Func<T, TKey> identity, CancellationToken cancellationToken)
        where T : class
        where TKey : notnull
    {
        var rows = new Dictionary<TKey, T>();
        foreach (var line in journal is null ? [] : await journal.ReadAsync(key, cancellationToken))
        {
            if (JsonLines.TryParse(line.Span, type) is { } row)
            {
                rows[identity(row)] = row;
            }
        }

        return [.. rows.Values];
    }

    private static async Task<List<T>?> ReadRangeAsync<T>(
        IObjectStore store, ObjectKey key, BatchRow batch, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, batch.Offset, batch.Length, cancellationToken);
        return stream is null ? null : await JsonLines.ReadAsync(stream, type, cancellationToken).ToListAsync(cancellationToken);
    }
}
