using System.Text.Json;
using NovaJudge.Local.Progress;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.History;

namespace NovaJudge.Local.Cloud;

/// <summary>Tells the progress which state of the machine is entered; states inside branches and Maps are parts of one.</summary>
internal sealed class PhaseObserver : IExecutionObserver
{
    private readonly HashSet<string> _states;
    private readonly RunProgress _progress;

    public PhaseObserver(string definition, RunProgress progress)
    {
        using var document = JsonDocument.Parse(definition);
        _states = [.. document.RootElement.GetProperty("States").EnumerateObject()
            .Where(state => !state.Value.GetProperty("Type").ValueEquals("Choice"))
            .Select(state => state.Name)];
        _progress = progress;
    }

    public void OnEvent(Execution execution, HistoryEvent historyEvent)
    {
        if (execution.MapRunArn is null && historyEvent.Name is { } name && _states.Contains(name)
            && historyEvent.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal))
        {
            _progress.Enter(name);
        }
    }
}
