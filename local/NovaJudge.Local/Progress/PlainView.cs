namespace NovaJudge.Local.Progress;

/// <summary>Progress where standard output is no terminal: a line for each phase when it is over, and one now and then in a long one.</summary>
internal sealed class PlainView(TextWriter output, RunProgress progress)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private string? _phase;

    /// <summary>Begins to listen; before the run starts, or its first phases would be missed.</summary>
    public PlainView Listen()
    {
        progress.PhaseEntered = state =>
        {
            lock (_lock)
            {
                Close();
                _phase = state;
            }
        };
        return this;
    }

    public async Task FollowAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            if (await Task.WhenAny(run, Task.Delay(Period)) != run)
            {
                lock (_lock)
                {
                    output.WriteLine($"  … {PhaseText.Of(progress.Phase ?? "", progress)}");
                }
            }
        }

        lock (_lock)
        {
            Close();
        }
    }

    private void Close()
    {
        if (_phase is not null)
        {
            output.WriteLine($"  {PhaseText.Of(_phase, progress)}");
        }
    }
}
