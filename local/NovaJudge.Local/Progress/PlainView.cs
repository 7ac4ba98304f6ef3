namespace NovaJudge.Local.Progress;

/// <summary>Progress where standard output is no terminal: a line for each phase when it is over, and one now and then in a long one.</summary>
internal sealed class PlainView(TextWriter output, RunProgress progress)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly ProgressRows _rows = new(progress);
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
                    Tell();
                }
            }
        }

        lock (_lock)
        {
            Close();
        }
    }

    /// <summary>A line for whoever is at work; the phase alone where nobody counts.</summary>
    private void Tell()
    {
        var busy = _rows.Take().Where(row => row.Total > 0 && row.Done < row.Total).ToArray();
        foreach (var row in busy)
        {
            output.WriteLine($"  … {row}");
        }

        if (busy.Length == 0)
        {
            output.WriteLine($"  … {PhaseText.Of(progress.Phase ?? "", progress)}");
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
