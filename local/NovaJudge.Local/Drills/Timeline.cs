namespace NovaJudge.Local.Drills;

/// <summary>What happened in a drill, in the order in which it happened.</summary>
internal sealed class Timeline(TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly Lock _lock = new();
    private readonly List<TimelineEntry> _entries = [];

    public IReadOnlyList<TimelineEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The pipeline did something.</summary>
    public void Note(string what) => Add(what, isTrouble: false);

    /// <summary>The drill did something to the pipeline.</summary>
    public void Trouble(string what) => Add(what, isTrouble: true);

    private void Add(string what, bool isTrouble)
    {
        lock (_lock)
        {
            _entries.Add(new TimelineEntry(clock.GetUtcNow() - _start, what, isTrouble));
        }
    }
}

/// <param name="After">Time since the start.</param>
/// <param name="What">What happened.</param>
/// <param name="IsTrouble">Whether the drill did it, not the pipeline.</param>
internal sealed record TimelineEntry(TimeSpan After, string What, bool IsTrouble);
