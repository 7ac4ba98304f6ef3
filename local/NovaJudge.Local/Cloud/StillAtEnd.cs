using System.Collections.Concurrent;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.Local.Cloud;

/// <summary>
/// Keeps a virtual clock still from the end of an execution until whoever waits for it has acted on it: with nothing else in
/// flight the clock would jump to the next timer, and what follows the end would come minutes after it.
/// </summary>
internal sealed class StillAtEnd(IExecutionObserver observer, TimeProvider time) : IExecutionObserver
{
    private readonly ConcurrentDictionary<string, IDisposable> _held = new(StringComparer.Ordinal);

    public void OnEvent(Execution execution, HistoryEvent historyEvent)
    {
        observer.OnEvent(execution, historyEvent);
        if (time is VirtualTime clock && execution.MapRunArn is null && historyEvent.Type
            is HistoryEventType.ExecutionSucceeded or HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionAborted)
        {
            _held.TryAdd(execution.Arn, clock.Hold());
        }
    }

    /// <summary>Lets the clock go on.</summary>
    public void Release(string executionArn)
    {
        if (_held.TryRemove(executionArn, out var held))
        {
            held.Dispose();
        }
    }
}
