using System.Runtime.CompilerServices;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.Records;

/// <summary>Joins a run's prompts, answers and verdicts while reading them, one record in memory at a time.</summary>
internal sealed class RunRecords(IObjectStore store, RunKeys keys)
{
    /// <summary>All records in the order of the prompts; may be read more than once.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.StoreFailed"/> when a row belongs to no prompt, or a verdict is missing.</exception>
    public async IAsyncEnumerable<RunRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var a = new RowsInStep<ResponseRow>(store.ReadResponsesAsync(keys, ModelSlot.A, cancellationToken), row => row.Id, "answers of A");
        await using var b = new RowsInStep<ResponseRow>(store.ReadResponsesAsync(keys, ModelSlot.B, cancellationToken), row => row.Id, "answers of B");
        await using var verdicts = new RowsInStep<VerdictRow>(store.ReadVerdictsAsync(keys, cancellationToken), row => row.Id, "verdicts");
        await foreach (var prompt in store.ReadPromptsAsync(keys, cancellationToken))
        {
            var verdict = await verdicts.TakeAsync(prompt.Id)
                ?? throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Verdicts}: prompt \"{prompt.Id}\" has no verdict at its place; compute the metrics again.");
            yield return new RunRecord(prompt, await a.TakeAsync(prompt.Id), await b.TakeAsync(prompt.Id), verdict);
        }

        await a.EnsureEndAsync();
        await b.EnsureEndAsync();
        await verdicts.EnsureEndAsync();
    }

    /// <summary>Rows that follow the order of the prompts, taken one by one.</summary>
    private sealed class RowsInStep<T>(IAsyncEnumerable<T> rows, Func<T, string> idOf, string what) : IAsyncDisposable
        where T : class
    {
        private readonly IAsyncEnumerator<T> _rows = rows.GetAsyncEnumerator();
        private T? _next;
        private bool _ended;

        /// <summary>The row of this prompt, or <c>null</c> when the next row belongs to a later one.</summary>
        public async ValueTask<T?> TakeAsync(string id)
        {
            if (await PeekAsync() is not { } next || idOf(next) != id)
            {
                return null;
            }

            _next = null;
            return next;
        }

        public async ValueTask EnsureEndAsync()
        {
            if (await PeekAsync() is { } stray)
            {
                throw new PipelineException(ErrorNames.StoreFailed, $"The {what} do not follow the prompts: \"{idOf(stray)}\" was not expected. Were files of two runs mixed?");
            }
        }

        public ValueTask DisposeAsync() => _rows.DisposeAsync();

        private async ValueTask<T?> PeekAsync()
        {
            if (_next is null && !_ended)
            {
                _ended = !await _rows.MoveNextAsync();
                _next = _ended ? null : _rows.Current;
            }

            return _next;
        }
    }
}
