using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The transitions of one level: linked to their states at the end, so that states may be named before they appear.</summary>
internal sealed class TransitionLinks(List<DefinitionProblem> problems)
{
    private readonly List<(Target Target, Location Location)> _targets = [];
    private bool _hasTerminal;

    public Target Add(string to, Location location)
    {
        var target = new Target(to);
        _targets.Add((target, location));
        return target;
    }

    /// <summary>Notes that a state of this level ends it.</summary>
    public void AddTerminal() => _hasTerminal = true;

    public StateGraph? Resolve(Fields fields, string? startAt, JsonObject declared, ImmutableArray<State> states)
    {
        var byName = new Dictionary<string, State>(StringComparer.Ordinal);
        foreach (var state in states)
        {
            byName.TryAdd(state.Name, state);
        }

        foreach (var (target, location) in _targets)
        {
            if (byName.TryGetValue(target.Name, out var state))
            {
                target.State = state;
            }
            else if (!declared.Has(target.Name))
            {
                problems.Add(new(ProblemCodes.MissingTransitionTarget, $"Missing 'Next' target: {target.Name}", location.ToString()));
            }
        }

        if (startAt is not null && !declared.Has(startAt))
        {
            fields.ProblemAt("StartAt", $"Missing 'Next' target: {startAt}", ProblemCodes.MissingTransitionTarget);
        }

        if (_hasTerminal || declared.Count == 0)
        {
            ReportUnreachable(fields, startAt, declared);
        }
        else
        {
            problems.Add(new(ProblemCodes.MissingEndState, "Workflow has no terminal state", ""));
        }

        return startAt is not null && byName.TryGetValue(startAt, out var start) ? new StateGraph(start, states) : null;
    }

    private void ReportUnreachable(Fields fields, string? startAt, JsonObject declared)
    {
        if (startAt is null)
        {
            return;
        }

        // As AWS sees it, a state is reachable when anything leads to it, be that reachable or not.
        var reached = new HashSet<string>(_targets.Select(static link => link.Target.Name), StringComparer.Ordinal) { startAt };
        foreach (var (name, _) in declared.Properties)
        {
            if (!reached.Contains(name))
            {
                problems.Add(new(ProblemCodes.MissingTransitionTarget, $"State \"{name}\" is not reachable.", fields.Location.Field("States").Field(name).ToString()));
            }
        }
    }
}
