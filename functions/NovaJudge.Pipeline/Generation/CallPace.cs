using System.Collections.Concurrent;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// How fast one model is called by everything in this process: at most so many calls in flight for each purpose, and one
/// pause for all of them when the service says that it is too much. A client that is shared hands it out through
/// <c>GetService</c>; without one, each batch keeps to its own share of the calls in flight.
/// </summary>
public sealed class CallPace(TimeProvider time)
{
    /// <summary>
    /// One refusal among answers is that call's own affair: it waits as asked. So many in a row, with no answer between
    /// them, mean that the limit is reached for everybody.
    /// </summary>
    private const int RefusalsThatMeanAll = 3;

    private static readonly TimeSpan PauseUnasked = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, CallLane> _lanes = new(StringComparer.Ordinal);
    private int _refusedInARow;
    private int _refused;
    private long _notBefore;

    /// <summary>Calls refused so far.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The calls for one purpose.</summary>
    /// <param name="name">The purpose, such as a slot's letter.</param>
    /// <param name="limit">Calls in flight at most.</param>
    public CallLane Lane(string name, int limit) => _lanes.GetOrAdd(name, static (_, all) => new CallLane(all.Pace, all.Limit), (Pace: this, Limit: limit));

    /// <summary>The service answered, whatever it said.</summary>
    internal void NoteAnswer() => Volatile.Write(ref _refusedInARow, 0);

    /// <summary>The service refused for now; true when that concerns every call.</summary>
    internal bool NoteRefusal(TimeSpan? retryAfter)
    {
        Interlocked.Increment(ref _refused);
        if (Interlocked.Increment(ref _refusedInARow) < RefusalsThatMeanAll)
        {
            return false;
        }

        var until = time.GetTimestamp() + (long)((retryAfter ?? PauseUnasked).TotalSeconds * time.TimestampFrequency);
        for (var known = Volatile.Read(ref _notBefore); known < until; known = Volatile.Read(ref _notBefore))
        {
            Interlocked.CompareExchange(ref _notBefore, until, known);
        }

        return true;
    }

    /// <summary>Waits while all calls pause. Afterwards they do not all start at the same moment.</summary>
    internal async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _notBefore) - time.GetTimestamp() is var ticks and > 0)
        {
            var rest = TimeSpan.FromSeconds((double)ticks / time.TimestampFrequency);
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1 + (Random.Shared.NextDouble() * 100)), time, cancellationToken);
        }
    }
}
