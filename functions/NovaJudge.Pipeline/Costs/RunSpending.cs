using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// What a run spends while it lasts, as far as this process knows, and the ceiling over it. A call has to enter first. Where
/// little is left, calls enter one after the other, so that the ceiling is not passed by the many that are in flight.
/// </summary>
public sealed class RunSpending
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly HashSet<(string Purpose, int Batch)> _opened = [];
    private TaskCompletionSource _left = NewSignal();
    private Amount _spent;
    private Amount _reserved;
    private int _inFlight;
    private bool _stopped;

    /// <param name="request">The request, with its ceiling and its prices.</param>
    /// <param name="before">What was spent before this process, or beside it.</param>
    public RunSpending(EvaluationRequest request, Amount before = default) => (Request, Prices, _spent) = (request, PriceBook.Of(request), before);

    public EvaluationRequest Request { get; }

    public PriceBook Prices { get; }

    /// <summary>Everything spent so far.</summary>
    public Amount Spent
    {
        get
        {
            lock (_lock)
            {
                return _spent;
            }
        }
    }

    /// <summary>What was spent for one purpose.</summary>
    public PurposeSpending Of(string purpose)
    {
        lock (_lock)
        {
            var account = Find(purpose);
            return new PurposeSpending(account.Calls, account.Failed, account.Throttled, account.Spent, account.IsKnown);
        }
    }

    /// <summary>Whether this process opens a batch for the first time: what its journal holds is then to be counted.</summary>
    public bool Opens(string purpose, int batch)
    {
        lock (_lock)
        {
            return _opened.Add((purpose, batch));
        }
    }

    /// <summary>Waits until a call may be made.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="most">What such a call costs at most; counts until it is known what calls cost.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permission, to be given back when the answer is written down; <c>null</c> when nothing more may be spent.</returns>
    public async ValueTask<Permit?> EnterAsync(string purpose, Amount most, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task left;
            lock (_lock)
            {
                var account = Find(purpose);
                var expected = account.Answered == 0 ? most : account.Spent / account.Answered;
                _stopped |= _spent.Passes(Request.Cost)
                    || (_inFlight == 0 && (_spent + expected).Passes(Request.Cost) && (account.Answered > 0 || _spent.Reaches(Request.Cost)));
                if (_stopped)
                {
                    return null;
                }

                if (_inFlight == 0 || !(_spent + _reserved + expected).Passes(Request.Cost))
                {
                    _inFlight++;
                    _reserved += expected;
                    return new Permit(this, expected);
                }

                left = _left.Task;
            }

            await left.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A call came back.</summary>
    /// <param name="purpose">What it was for.</param>
    /// <param name="answered">Whether with an answer.</param>
    /// <param name="spent">What it cost.</param>
    /// <param name="isKnown">Whether its price is known.</param>
    public void Add(string purpose, bool answered, Amount spent, bool isKnown) => Add(purpose, answered ? 1 : 0, answered ? 0 : 1, spent, isKnown);

    /// <summary>Calls came back, now or earlier.</summary>
    public void Add(string purpose, long answered, long failed, Amount spent, bool isKnown)
    {
        lock (_lock)
        {
            var account = Find(purpose);
            account.Calls += answered + failed;
            account.Answered += answered;
            account.Failed += failed;
            account.Spent += spent;
            account.IsKnown &= isKnown;
            _spent += spent;
        }
    }

    /// <summary>A request was refused for now.</summary>
    public void AddThrottled(string purpose)
    {
        lock (_lock)
        {
            Find(purpose).Throttled++;
        }
    }

    /// <summary>Waits until no call is in flight any more; of use after the ceiling, when none may enter.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task left;
            lock (_lock)
            {
                if (_inFlight == 0)
                {
                    return;
                }

                left = _left.Task;
            }

            await left.WaitAsync(cancellationToken);
        }
    }

    private void Leave(Amount reserved)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            _inFlight--;
            _reserved = _inFlight == 0 ? default : _reserved - reserved;
            signal = _left;
            _left = NewSignal();
        }

        signal.SetResult();
    }

    private Account Find(string purpose)
    {
        if (!_accounts.TryGetValue(purpose, out var account))
        {
            _accounts[purpose] = account = new Account();
        }

        return account;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The permission for one call.</summary>
    public readonly struct Permit(RunSpending spending, Amount reserved) : IDisposable
    {
        public void Dispose() => spending.Leave(reserved);
    }

    private sealed class Account
    {
        public long Calls { get; set; }

        public long Answered { get; set; }

        public long Failed { get; set; }

        public long Throttled { get; set; }

        public Amount Spent { get; set; }

        public bool IsKnown { get; set; } = true;
    }
}
