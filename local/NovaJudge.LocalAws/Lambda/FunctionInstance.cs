namespace NovaJudge.LocalAws.Lambda;

/// <summary>One process that serves a function, one call at a time.</summary>
public sealed class FunctionInstance
{
    private readonly Lock _gate = new();
    private FunctionCall? _current;
    private ITimer? _deadline;
    private bool _served;

    internal FunctionInstance(LocalFunction function, string address) => (Function, Address) = (function, address);

    public LocalFunction Function { get; }

    /// <summary>Host, port and path: the value of <c>AWS_LAMBDA_RUNTIME_API</c> for this process.</summary>
    public string Address { get; }

    /// <summary>Called when a call's time is up; its caller has been told already, the process has to be killed.</summary>
    public Action? OnTimeout { get; set; }

    /// <summary>
    /// The process has ended: a call that it had taken fails as it does on AWS. One that never took a call cannot be started at
    /// all, and another attempt would not help.
    /// </summary>
    public void Exited(int exitCode)
    {
        if (!_served)
        {
            Function.FailWaiting(FunctionErrorException.Report("Runtime.InvalidEntrypoint", $"The process of {Function.Name} exited with code {exitCode} before it took a call."));
        }

        End(null, call => call.Fail(FunctionErrorException.Report("Runtime.ExitError", $"The process of {Function.Name} exited with code {exitCode} before it answered.")));
    }

    internal async Task<FunctionCall> NextAsync(CancellationToken cancellationToken)
    {
        var call = await Function.NextAsync(cancellationToken);
        lock (_gate)
        {
            call.Deadline = Function.Time.GetUtcNow() + Function.Timeout;
            _current = call;
            _served = true;
            _deadline = Function.Time.CreateTimer(_ => TimedOut(call), null, Function.Timeout, Timeout.InfiniteTimeSpan);
        }

        return call;
    }

    internal bool Succeed(string requestId, byte[] answer) => End(requestId, call => call.Succeed(answer));

    internal bool Fail(string requestId, byte[] error) => End(requestId, call => call.Fail(error));

    internal void FailToStart(byte[] error) => Function.FailWaiting(error);

    private void TimedOut(FunctionCall call)
    {
        if (End(call.RequestId, late => late.Fail(FunctionErrorException.Report("Sandbox.Timedout", $"{Function.Name} timed out after {Function.Timeout.TotalSeconds} seconds."))))
        {
            OnTimeout?.Invoke();
        }
    }

    private bool End(string? requestId, Func<FunctionCall, bool> end)
    {
        FunctionCall? call;
        lock (_gate)
        {
            call = requestId is null || _current?.RequestId == requestId ? _current : null;
            if (call is null)
            {
                return false;
            }

            _current = null;
            _deadline?.Dispose();
            _deadline = null;
        }

        return end(call);
    }
}
