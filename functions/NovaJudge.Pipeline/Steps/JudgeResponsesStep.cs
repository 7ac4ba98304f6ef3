using NovaJudge.Pipeline.Costs;
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
public sealed class JudgeResponsesStep(IObjectStore store, IJournal journal, IModelProvider models, TimeProvider time, ICallLog? log = null, ISpending? spending = null)
{
    private const int VerdictAttempts = 3;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);
    private static readonly Dictionary<string, string?> NoRecord = [];

    public async Task<JudgeResponsesOutput> RunAsync(JudgeResponsesInput input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var batch = new CallBatch<JudgeAnswerRow>(store, journal, log, spending, keys)
        {
            Step = StepNames.JudgeResponses,
            Purpose = "judge",
            Number = input.Batch.Batch,
            Finished = keys.JudgeAnswers(input.Batch.Batch),
            Journal = keys.PartialJudgeAnswers(input.Batch.Batch),
            Type = PipelineJson.Rows.JudgeAnswerRow,
        };
        await batch.FinishAsync(async (request, token) =>
        {
            var pairs = await store.ReadBatchAsync(keys.JudgeInput, input.Batch, PipelineJson.Rows.JudgePair, token);
            return await AskAsync(batch, request.Judge, batch.Number * request.Generation.BatchSize, pairs, token);
        }, cancellationToken);
        return new JudgeResponsesOutput(input.Batch.Batch, input.Batch.Count);
    }

    private async Task<JudgeAnswerRow[]> AskAsync(
        CallBatch<JudgeAnswerRow> batch, JudgeSettings judge, int first, IReadOnlyList<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var settings = judge.Models ?? throw new PipelineException(ErrorNames.BadInput, $"The judge {judge.Kind} is a job; it does not judge row by row.");
        var prompt = judge.Prompt is null ? JudgePrompt.Default : JudgePrompt.TryParse(judge.Prompt, out var problems) ?? throw PipelineException.BadInput(problems);
        var timeout = judge.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        var meters = settings.Select(member => new CallMeter(batch.Spending, batch.Purpose, member, judge.Concurrency)).ToArray();
        var clients = settings.Select(models.Open).ToArray();
        var callers = settings.Select((member, i) => new ModelCaller(clients[i], member, timeout, time, batch.Purpose, judge.Concurrency, meters[i])).ToArray();
        var perRow = 2 * callers.Length;
        batch.MostOfOneCall = meters.Select(meter => meter.MostOf(pairs.Max(pair => BytesOf(prompt, pair)))).MaxBy(most => most.Usd);
        batch.Remembered = (i, row) => meters[row.Judge].Remember(prompt.Render(pairs[i / perRow], row.Order), row.Text, row.InputTokens, row.OutputTokens);
        try
        {
            return await batch.AskAsync(
                pairs.Count * perRow, callers.Sum(caller => caller.Concurrency), row => ((row.Row - first) * perRow) + (row.Judge * 2) + (int)row.Order,
                (i, token) => AskAsync(callers[i % perRow / 2], prompt, pairs[i / perRow], new JudgeAnswerRow(first + (i / perRow), (ShownOrder)(i % 2), i % perRow / 2), batch, token),
                cancellationToken);
        }
        finally
        {
            foreach (var client in clients)
            {
                client.Dispose();
            }
        }
    }

    private static async Task<JudgeAnswerRow> AskAsync(
        ModelCaller caller, JudgePrompt prompt, JudgePair pair, JudgeAnswerRow asked, CallBatch<JudgeAnswerRow> batch, CancellationToken cancellationToken)
    {
        var question = prompt.Render(pair, asked.Order);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await caller.CallAsync(question, NoRecord, cancellationToken);
            batch.Note($"{asked.Row}/{(asked.Order == ShownOrder.AFirst ? "aFirst" : "bFirst")}/{asked.Judge}", answer, again: attempt > 1);
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

    private static long BytesOf(JudgePrompt prompt, JudgePair pair) =>
        CallUsage.BytesOf(prompt.Template, pair.Prompt) + CallUsage.BytesOf(pair.ResponseA, pair.ResponseB);

    private static long? Sum(long? a, long? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);
}
