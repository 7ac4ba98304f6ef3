using System.Collections.Concurrent;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>
/// Runs everything one execution computes, branch by branch, never two things at once: its data needs no locks and its history has one order.
/// A virtual clock stands still while anything is queued here.
/// </summary>
internal sealed class ExecutionLoop(TimeProvider time) : SynchronizationContext, IThreadPoolWorkItem
{
    // After this many callbacks other work of the pool gets its turn.
    private const int Turn = 256;

    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _pending;

    /// <summary>The clock, when it is one that must be held.</summary>
    public VirtualTime? Clock { get; } = time as VirtualTime;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Clock?.Enter();
        _queue.Enqueue((d, state));
        if (Interlocked.Increment(ref _pending) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An execution's loop is only posted to.");

    public override SynchronizationContext CreateCopy() => this;

    public void Execute()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            for (var i = 0; i < Turn; i++)
            {
                _queue.TryDequeue(out var work);
                work.Callback(work.State);
                Clock?.Exit();
                if (Interlocked.Decrement(ref _pending) == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
