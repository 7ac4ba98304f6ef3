using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage.Tests;

internal sealed class RecordingObserver : IExecutionObserver
{
    public List<(Execution Execution, HistoryEvent Event)> Events { get; } = [];

    public List<MapRunProgress> Progress { get; } = [];

    public void OnEvent(Execution execution, HistoryEvent historyEvent) => Events.Add((execution, historyEvent));

    public void OnMapRun(MapRunProgress progress) => Progress.Add(progress);
}
