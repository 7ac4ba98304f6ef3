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

    /// <summary>The id of the next event.</summary>
    /// <exception cref="ExecutionFailedException">The history is full.</exception>
    public long NextId(bool closing)
    {
        // The closing event always fits: AWS counts it as the 25,000th.
        if (LastId >= limit - 1 && !closing)
        {
            throw new ExecutionFailedException(new Failure(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({limit})."));
        }

        return ++LastId;
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
