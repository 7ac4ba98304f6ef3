using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// One batch of calls to models, up to the object that holds what came of them. Each row is written to the journal before anything
/// else happens to it; what the journal holds is never asked again, and a finished batch is left as it is.
/// </summary>
/// <param name="store">The store of the run.</param>
/// <param name="journal">Keeps the rows until the batch is complete.</param>
/// <param name="log">Where the calls are noted; absent: in the store.</param>
/// <param name="spending">Watches what the run spends; absent: by way of the store.</param>
/// <param name="keys">The run.</param>
internal sealed class CallBatch<TRow>(IObjectStore store, IJournal journal, ICallLog? log, ISpending? spending, RunKeys keys)
    where TRow : class
{
    private readonly ConcurrentBag<CallTelemetry> _calls = [];
    private readonly ISpending _watch = spending ?? new StoreSpending(store);
    private RunSpending? _spending;

    /// <summary>One of <see cref="Steps.StepNames"/>.</summary>
    public required string Step { get; init; }

    /// <summary>What the calls are for: <c>a</c>, <c>b</c> or <c>judge</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Number of the batch.</summary>
    public required int Number { get; init; }

    /// <summary>Where the finished batch lies.</summary>
    public required ObjectKey Finished { get; init; }

    /// <summary>Where its journal lies.</summary>
    public required ObjectKey Journal { get; init; }

    /// <summary>How a row is written.</summary>
    public required JsonTypeInfo<TRow> Type { get; init; }

    /// <summary>What the run spends; known while the batch is being finished.</summary>
    public RunSpending Spending => _spending ?? throw new InvalidOperationException("The batch is not being finished.");

    /// <summary>What a call costs at most; counts until it is known what calls cost.</summary>
    public Amount MostOfOneCall { get; set; }

    /// <summary>Told of each row that the journal holds from an earlier process.</summary>
    public Action<int, TRow>? Remembered { get; set; }

    /// <summary>Finishes the batch, if it is not finished yet.</summary>
    /// <param name="ask">Opens what the run's request asks for and returns the rows that <see cref="AskAsync"/> made.</param>
    /// <param name="cancellationToken">Ends the batch; what was answered stays in the journal.</param>
    /// <exception cref="PipelineException">What stops the batch, by the names that the state machine knows.</exception>
    public async Task FinishAsync(Func<EvaluationRequest, CancellationToken, Task<TRow[]>> ask, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Finished, cancellationToken) is null)
        {
            var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
            _spending = await _watch.OpenAsync(request, Purpose, Number, cancellationToken);
            var rows = await RunAsync(token => ask(request, token), cancellationToken);
            try
            {
                await store.WriteRowsAsync(Finished, rows, Type, cancellationToken, PutCondition.IfAbsent);
            }
            catch
            {
                // The answers are paid for: the next attempt is to find them.
                await journal.SaveAsync(Journal, CancellationToken.None);
                throw;
            }
        }

        await journal.DeleteAsync(Journal, cancellationToken);
    }

    /// <summary>Makes the calls that the journal does not hold; the rows come in the order of the calls.</summary>
    /// <param name="count">Calls of the batch.</param>
    /// <param name="concurrency">Calls in flight at most.</param>
    /// <param name="positionOf">Which call a row of the journal answers; negative: none.</param>
    /// <param name="call">Makes one call.</param>
    /// <param name="cancellationToken">Ends the batch.</param>
    public async Task<TRow[]> AskAsync(
        int count, int concurrency, Func<TRow, int> positionOf, Func<int, CancellationToken, Task<TRow>> call, CancellationToken cancellationToken)
    {
        var rows = await ReadJournalAsync(count, positionOf, cancellationToken);
        var gate = new CallGate(Spending, Purpose, MostOfOneCall);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(concurrency, Math.Max(1, count)), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, parallel, async (i, token) =>
        {
            if (rows[i] is null)
            {
                using var permit = await gate.EnterAsync(token);
                if (permit is null)
                {
                    return;
                }

                var row = await call(i, token);
                await journal.AppendAsync(Journal, JsonSerializer.SerializeToUtf8Bytes(row, Type), token);
                rows[i] = row;
            }
        });
        if (gate.Closed)
        {
            // Other batches may have calls in flight, too: those are paid for, so their answers are waited for.
            await gate.QuietAsync(cancellationToken);
            throw new CeilingException();
        }

        return rows!;
    }

    /// <summary>Notes what a call took.</summary>
    public void Note(string id, ModelAnswer answer, bool again = false) => _calls.Add(CallTelemetry.Of(id, answer, again));

    /// <summary>Notes an answer that a cache held: nobody was called.</summary>
    public void NoteKept(string id, ResponseRow row) => _calls.Add(new CallTelemetry(id, 0, 0, InputTokens: row.InputTokens, OutputTokens: row.OutputTokens));

    private async Task<TRow[]> RunAsync(Func<CancellationToken, Task<TRow[]>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (ModelException e)
        {
            await journal.SaveAsync(Journal, CancellationToken.None);
            throw await DescribeAsync(e, cancellationToken);
        }
        catch (CeilingException)
        {
            await journal.SaveAsync(Journal, CancellationToken.None);
            var message = Ceiling.Reached(Spending.Request, Spending.Spent);
            await store.WriteDocumentAsync(keys.Failure, new RunFailure(ErrorNames.CostCeiling, message, Step),
                PipelineJson.Documents.RunFailure, cancellationToken, PutCondition.IfAbsent);
            throw new PipelineException(ErrorNames.CostCeiling, message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await journal.SaveAsync(Journal, CancellationToken.None);
            throw new PipelineException(ErrorNames.ModelDeadline, $"Batch {Number} of \"{Purpose}\" ran out of time; what is finished was saved.");
        }
        catch
        {
            await journal.SaveAsync(Journal, CancellationToken.None);
            throw;
        }
        finally
        {
            await (log ?? new StoreCallLog(store)).WriteAsync(keys.RunId, Purpose, Number, _calls, CancellationToken.None);
            await _watch.CloseAsync(Spending, Purpose, Number, CancellationToken.None);
        }
    }

    /// <summary>
    /// A failed Map reports its own error, not its item's. What stops the run for good is therefore written down
    /// here, where it is known.
    /// </summary>
    private async Task<PipelineException> DescribeAsync(ModelException failure, CancellationToken cancellationToken)
    {
        var error = failure.Kind switch
        {
            ModelFailureKind.Warming => ErrorNames.ModelWarming,
            ModelFailureKind.Permanent => ErrorNames.ModelUnusable,
            _ => ErrorNames.ModelThrottled,
        };
        var message = failure.Model is { } model ? $"{model.Name} ({model.Model}): {failure.Message}" : failure.Message;
        if (error == ErrorNames.ModelUnusable)
        {
            await store.WriteDocumentAsync(keys.Failure, new RunFailure(error, message, Step),
                PipelineJson.Documents.RunFailure, cancellationToken, PutCondition.IfAbsent);
        }

        return new PipelineException(error, message, failure);
    }

    private async Task<TRow?[]> ReadJournalAsync(int count, Func<TRow, int> positionOf, CancellationToken cancellationToken)
    {
        var rows = new TRow?[count];
        var first = Spending.Opens(Purpose, Number);
        foreach (var line in await journal.ReadAsync(Journal, cancellationToken))
        {
            // A line that is no such row answers nothing: its call is made again.
            if (JsonLines.TryParse(line.Span, Type) is { } row && positionOf(row) is >= 0 and var position && position < count)
            {
                rows[position] = row;
            }
        }

        for (var i = 0; first && i < count; i++)
        {
            if (rows[i] is { } known)
            {
                Remembered?.Invoke(i, known);
            }
        }

        return rows;
    }
}
