namespace NovaJudge.LocalAws.Lambda;

/// <summary>One call of a function, from its caller's wish to its answer.</summary>
internal sealed class FunctionCall(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload => payload;

    /// <summary>When its time is up; set when a process takes it.</summary>
    public DateTimeOffset? Deadline { get; set; }

    public Task<byte[]> Answer => _answer.Task;

    public bool Succeed(byte[] answer) => _answer.TrySetResult(answer);

    /// <summary>Nobody waits any more; a call that no process has taken is not made.</summary>
    public void Abandon(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);

    public bool Fail(byte[] error) => _answer.TrySetException(new FunctionErrorException(error));
}
