namespace NovaJudge.Functions.Runtime;

/// <summary>One call of the function.</summary>
/// <param name="RequestId">Its id, which the answer carries.</param>
/// <param name="Payload">What the caller sent: JSON, at most 6 MB.</param>
/// <param name="Deadline">When Lambda kills the process; <c>null</c> where an emulator sets no limit.</param>
/// <param name="TraceId">The X-Ray trace header.</param>
public sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload, DateTimeOffset? Deadline, string? TraceId);

/// <summary>Answers one call; the token fires before the process would be killed.</summary>
public delegate Task<byte[]> InvocationHandler(Invocation invocation, CancellationToken cancellationToken);
