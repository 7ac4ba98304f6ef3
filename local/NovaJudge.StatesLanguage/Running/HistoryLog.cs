using NovaJudge.StatesLanguage.History;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>Hands out event ids and keeps the events. Written on the execution's loop only; read from anywhere.</summary>
internal sealed class HistoryLog(long limit, bool keep)
{
    private readonly List<HistoryEvent> _events = [];

    public long LastId { get; private set; }

    public HistoryEvent[] Snapshot()
    {
        lock (_events)
        {
            return [.. _events];
        }
    }

    /// <summary>Whether only the closing event still fits: AWS counts it as the 25,000th.</summary>
    public bool IsFull => LastId >= limit - 1;

    public long NextId() => ++LastId;

    /// <summary>Goes on where an earlier log ended.</summary>
    public void Continue(HistoryLog earlier)
    {
        _events.AddRange(earlier.Snapshot());
        LastId = earlier.LastId;
    }

    public void Keep(HistoryEvent e)
    {
        if (!keep)
        {
            return;
        }

        lock (_events)
        {
            _events.Add(e);
        }
    }
}
