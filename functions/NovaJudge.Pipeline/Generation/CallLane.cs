namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// The calls in flight for one purpose. Their limit halves when the service refuses everybody and grows back by one for
/// each round of answers, as TCP does with its window (additive increase, multiplicative decrease: Chiu and Jain 1989).
/// </summary>
public sealed class CallLane
{
    private readonly CallPace _pace;
    private readonly int _most;
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private double _limit;
    private int _inFlight;

    internal CallLane(CallPace pace, int limit) => (_pace, _most, _limit) = (pace, Math.Max(1, limit), Math.Max(1, limit));

    /// <summary>Calls that may be in flight now.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return (int)_limit;
            }
        }
    }

    /// <summary>Waits for a place among the calls in flight; whoever came first goes first. Disposing gives the place back.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_inFlight < (int)_limit && _waiting.Count == 0)
            {
                _inFlight++;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
            }
        }

        if (turn is not null)
        {
            await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
            await turn.Task;
        }

        var place = new Place(this);
        try
        {
            await _pace.WaitAsync(cancellationToken);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The service answered.</summary>
    public void Answered()
    {
        _pace.NoteAnswer();
        lock (_lock)
        {
            _limit = Math.Min(_most, _limit + (1 / _limit));
        }
    }

    /// <summary>The service refused for now.</summary>
    public void Refused(TimeSpan? retryAfter)
    {
        if (_pace.NoteRefusal(retryAfter))
        {
            lock (_lock)
            {
                _limit = Math.Max(1, _limit / 2);
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            while (_inFlight < (int)_limit && _waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    _inFlight++;
                }
            }
        }
    }

    /// <summary>One call's place.</summary>
    public readonly struct Place(CallLane lane) : IDisposable
    {
        public void Dispose() => lane.Leave();
    }
}
