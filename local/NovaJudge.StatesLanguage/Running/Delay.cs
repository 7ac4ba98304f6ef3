namespace NovaJudge.StatesLanguage.Running;

internal static class Delay
{
    /// <summary>Waits on the clock, as long as wanted.</summary>
    public static async Task ForAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource();
        await using var timer = new LongTimer(time, delay, () => done.TrySetResult());
        var cancelled = cancellationToken.UnsafeRegister(_ => done.TrySetCanceled(cancellationToken), null);
        try
        {
            await done.Task;
        }
        finally
        {
            // Waiting for the callback would leave the loop, and with it let the clock run.
            cancelled.Unregister();
        }
    }
}
