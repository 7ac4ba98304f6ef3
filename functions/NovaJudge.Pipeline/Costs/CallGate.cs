namespace NovaJudge.Pipeline.Costs;

/// <summary>Lets the calls of one batch through while something may be spent.</summary>
/// <param name="spending">The spending of the run.</param>
/// <param name="purpose"><c>a</c>, <c>b</c> or <c>judge</c>.</param>
/// <param name="most">What a call costs at most.</param>
internal sealed class CallGate(RunSpending spending, string purpose, Amount most)
{
    private volatile bool _closed;

    /// <summary>Whether a call was not let through.</summary>
    public bool Closed => _closed;

    /// <inheritdoc cref="RunSpending.EnterAsync"/>
    public async ValueTask<RunSpending.Permit?> EnterAsync(CancellationToken cancellationToken)
    {
        var permit = await spending.EnterAsync(purpose, most, cancellationToken);
        _closed |= permit is null;
        return permit;
    }

    /// <inheritdoc cref="RunSpending.QuietAsync"/>
    public Task QuietAsync(CancellationToken cancellationToken) => spending.QuietAsync(cancellationToken);
}

/// <summary>Nothing more may be spent: some calls were not made. What was finished is in the journal.</summary>
internal sealed class CeilingException : Exception
{
    public CeilingException()
        : base("The ceiling of costs is reached.")
    {
    }
}
