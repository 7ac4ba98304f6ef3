using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// The calls of one batch, several at a time. Each answer is written to the journal before anything else happens to
/// it, and what the journal holds is never asked again.
/// </summary>
/// <param name="journal">Keeps the answers until the batch is complete.</param>
/// <param name="key">The journal's key.</param>
/// <param name="type">How a row is written.</param>
/// <param name="positionOf">Which call of the batch a row of the journal answers; negative: none.</param>
internal sealed class JournalledCalls<TRow>(IJournal journal, ObjectKey key, JsonTypeInfo<TRow> type, Func<TRow, int> positionOf)
    where TRow : class
{
    /// <summary>Makes the calls that are missing; the rows come in the order of the calls.</summary>
    /// <param name="count">Calls of the batch.</param>
    /// <param name="concurrency">Calls in flight at most.</param>
    /// <param name="call">Makes one call.</param>
    /// <param name="cancellationToken">Ends the batch; what is finished stays in the journal.</param>
    public async Task<TRow[]> RunAsync(int count, int concurrency, Func<int, CancellationToken, Task<TRow>> call, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(count, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(concurrency, Math.Max(1, count)), CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForAsync(0, count, parallel, async (i, token) =>
            {
                if (rows[i] is null)
                {
                    var row = await call(i, token);
                    await journal.AppendAsync(key, JsonSerializer.SerializeToUtf8Bytes(row, type), token);
                    rows[i] = row;
                }
            });
            return rows!;
        }
        catch (Exception e) when (e is ModelException or OperationCanceledException)
        {
            await journal.SaveAsync(key, CancellationToken.None);
            throw;
        }
    }

    /// <summary>A line that is not of this kind, of another version or damaged, answers nothing: its call is made again.</summary>
    private TRow? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<TRow?[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var rows = new TRow?[count];
        foreach (var line in await journal.ReadAsync(key, cancellationToken))
        {
            if (Read(line.Span) is { } row && positionOf(row) is >= 0 and var position && position < count)
            {
                rows[position] = row;
            }
        }

        return rows;
    }
}
