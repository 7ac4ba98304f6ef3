using System.Collections.Concurrent;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="RunId">The run.</param>
/// <param name="Batch">Which rows, as a range of the judge's data set.</param>
public sealed record JudgeResponsesInput(RunId RunId, BatchRow Batch);

/// <param name="Batch">The batch that is complete now.</param>
/// <param name="Count">Rows in it, readable or not.</param>
public sealed record JudgeResponsesOutput(int Batch, int Count);

/// <summary>
/// Lets models judge one batch of rows, each twice with the answers in each other's place. An answer without a verdict is asked
/// for again; after that it is kept as it is, and counts as unreadable. Finished passes are never asked again.
/// </summary>
public sealed class JudgeResponsesStep(IObjectStore store, IJournal journal, IModelProvider models, TimeProvider time, ICallLog? log = null)
{
    private const int VerdictAttempts = 3;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);
    private static readonly Dictionary<string, string?> NoRecord = [];

    public async Task<JudgeResponsesOutput> RunAsync(JudgeResponsesInput input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var answersKey = keys.JudgeAnswers(input.Batch.Batch);
        var journalKey = keys.PartialJudgeAnswers(input.Batch.Batch);
        if (await store.FindAsync(answersKey, cancellationToken) is null)
        {
            var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
            var rows = await JudgeAsync(request.Judge, input.Batch, keys, journalKey, cancellationToken);
            await store.WriteRowsAsync(answersKey, rows, PipelineJson.Rows.JudgeAnswerRow, cancellationToken, PutCondition.IfAbsent);
        }

        await journal.DeleteAsync(journalKey, cancellationToken);
        return new JudgeResponsesOutput(input.Batch.Batch, input.Batch.Count);
    }

    private async Task<JudgeAnswerRow[]> JudgeAsync(JudgeSettings judge, BatchRow batch, RunKeys keys, ObjectKey journalKey, CancellationToken cancellationToken)
    {
        var pairs = await ReadPairsAsync(keys, batch, cancellationToken);
        var first = batch.Batch * WriteJudgeDatasetStep.JudgeBatchSize;
        var settings = judge.Models ?? throw new PipelineException(ErrorNames.BadInput, $"The judge {judge.Kind} is a job; it does not judge row by row.");
        var prompt = JudgePrompt.TryParse(judge.Prompt ?? JudgePrompt.Default.Template, out var problems)
            ?? throw PipelineException.BadInput(problems);
        var timeout = judge.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        var clients = settings.Select(models.Open).ToArray();
        var callers = settings.Select((member, i) => new ModelCaller(clients[i], member, timeout, time, "judge", judge.Concurrency)).ToArray();
        var telemetry = new ConcurrentBag<CallTelemetry>();
        var perRow = 2 * callers.Length;
        var calls = new JournalledCalls<JudgeAnswerRow>(
            journal, journalKey, PipelineJson.Rows.JudgeAnswerRow, row => ((row.Row - first) * perRow) + (row.Judge * 2) + (int)row.Order);
        var failing = settings[0];
        try
        {
            return await calls.RunAsync(pairs.Count * perRow, callers.Sum(caller => caller.Concurrency), async (i, token) =>
            {
                var asked = new JudgeAnswerRow(first + (i / perRow), (ShownOrder)(i % 2), i % perRow / 2);
                try
                {
                    return await AskAsync(callers[asked.Judge], prompt, pairs[i / perRow], asked, telemetry, token);
                }
                catch (ModelException)
                {
                    failing = settings[asked.Judge];
                    throw;
                }
            }, cancellationToken);
        }
        catch (ModelException e)
        {
            throw await ModelStops.DescribeAsync(e, failing, StepNames.JudgeResponses, keys, store, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw ModelStops.OutOfTime($"{failing.Name}: batch {batch.Batch} of the judge");
        }
        finally
        {
            await (log ?? new StoreCallLog(store)).WriteAsync(keys.RunId, "judge", batch.Batch, telemetry, CancellationToken.None);
            foreach (var client in clients)
            {
                client.Dispose();
            }
        }
    }

    private static async Task<JudgeAnswerRow> AskAsync(
        ModelCaller caller, JudgePrompt prompt, JudgePair pair, JudgeAnswerRow asked, ConcurrentBag<CallTelemetry> telemetry, CancellationToken cancellationToken)
    {
        var question = prompt.Render(pair, asked.Order);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await caller.CallAsync(question, NoRecord, cancellationToken);
            telemetry.Add(new CallTelemetry($"{asked.Row}/{(asked.Order == ShownOrder.AFirst ? "aFirst" : "bFirst")}/{asked.Judge}", Math.Round(answer.Latency.TotalMilliseconds, 3), answer.Attempts));
            asked = asked with
            {
                Text = answer.Text,
                Error = answer.Error,
                InputTokens = Sum(asked.InputTokens, answer.InputTokens),
                OutputTokens = Sum(asked.OutputTokens, answer.OutputTokens),
            };
            if (attempt == VerdictAttempts || answer.Text is null || VerdictParser.Parse(answer.Text, pair, asked.Order) != PassVerdict.Unreadable)
            {
                return asked;
            }
        }
    }

    private static long? Sum(long? a, long? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);

    private async Task<List<JudgePair>> ReadPairsAsync(RunKeys keys, BatchRow batch, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(keys.JudgeInput, batch.Offset, batch.Length, cancellationToken)
            ?? throw new PipelineException(ErrorNames.StoreFailed, $"{keys.JudgeInput} is missing.");
        var pairs = new List<JudgePair>(batch.Count);
        await foreach (var pair in JsonLines.ReadAsync(stream, PipelineJson.Rows.JudgePair, cancellationToken))
        {
            pairs.Add(pair);
        }

        return pairs.Count == batch.Count
            ? pairs
            : throw new PipelineException(ErrorNames.StoreFailed, $"{keys.JudgeInput}: batch {batch.Batch} holds {pairs.Count} rows where {batch.Count} are expected; the file was changed.");
    }
}
