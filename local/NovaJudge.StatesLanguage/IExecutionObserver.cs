using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage;

/// <summary>Sees what executions do. Called on the execution's loop, in order: return quickly and do not throw.</summary>
public interface IExecutionObserver
{
    /// <summary>An event was recorded, by an execution or by a child execution of a distributed Map (<see cref="Execution.MapRunArn"/>).</summary>
    void OnEvent(Execution execution, HistoryEvent historyEvent);

    /// <summary>An item of a distributed Map started or ended.</summary>
    void OnMapRun(MapRunProgress progress)
    {
    }
}
