using System.Threading.Channels;

namespace NovaJudge.LocalAws.Lambda;

/// <summary>A function: calls wait here until a process takes them.</summary>
public sealed class LocalFunction
{
    private readonly Channel<FunctionCall> _calls = Channel.CreateUnbounded<FunctionCall>();
    private int _idle;

    internal LocalFunction(string name, TimeSpan timeout, TimeProvider time) => (Name, Timeout, Time) = (name, timeout, time);

    public string Name { get; }

    /// <summary>How long a call may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Calls that no process has taken and no idle one is about to take.</summary>
    public int Unserved => Math.Max(0, _calls.Reader.Count - Volatile.Read(ref _idle));

    internal TimeProvider Time { get; }

    /// <summary>Calls the function and waits for its answer.</summary>
    /// <exception cref="FunctionErrorException">The function failed, or the process that served it did.</exception>
    public async Task<byte[]> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var call = new FunctionCall(payload);
        using var abandoned = cancellationToken.Register(() => call.Abandon(cancellationToken));
        _calls.Writer.TryWrite(call);
        return await call.Answer;
    }

    internal async Task<FunctionCall> NextAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _idle);
        try
        {
            FunctionCall call;
            do
            {
                call = await _calls.Reader.ReadAsync(cancellationToken);
            }
            while (call.Answer.IsCompleted);
            return call;
        }
        finally
        {
            Interlocked.Decrement(ref _idle);
        }
    }

    /// <summary>Fails the calls that wait: no process will come.</summary>
    internal void FailWaiting(byte[] error)
    {
        while (_calls.Reader.TryRead(out var call))
        {
            call.Fail(error);
        }
    }
}
