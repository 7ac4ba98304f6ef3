using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The transitions of one level: linked to their states at the end, so that states may be named before they appear.</summary>
internal sealed class TransitionLinks(List<DefinitionProblem> problems)
{
    private readonly List<(string From, Target Target, Location Location)> _targets = [];

    public Target Add(string from, string to, Location location)
    {
        var target = new Target(to);
        _targets.Add((from, target, location));
        return target;
    }

    public StateGraph? Resolve(Fields fields, string? startAt, JsonObject declared, ImmutableArray<State> states)
    {
        var byName = new Dictionary<string, State>(StringComparer.Ordinal);
        foreach (var state in states)
        {
            byName.TryAdd(state.Name, state);
        }

        foreach (var (_, target, location) in _targets)
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
            fields.Problem("StartAt", $"Missing 'StartAt' target: {startAt}", ProblemCodes.MissingTransitionTarget);
        }

        ReportUnreachable(fields, startAt, declared);
        return startAt is not null && byName.TryGetValue(startAt, out var start) ? new StateGraph(start, states) : null;
    }

    private void ReportUnreachable(Fields fields, string? startAt, JsonObject declared)
    {
        if (startAt is null || !declared.Has(startAt))
        {
            return;
        }

        var next = _targets.ToLookup(static link => link.From, static link => link.Target.Name, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal) { startAt };
        var pending = new Stack<string>([startAt]);
        while (pending.TryPop(out var name))
        {
            foreach (var target in next[name].Where(reached.Add))
            {
                pending.Push(target);
            }
        }

        foreach (var (name, _) in declared.Properties)
        {
            if (!reached.Contains(name))
            {
                problems.Add(new(ProblemCodes.MissingTransitionTarget, $"State \"{name}\" is not reachable.", fields.Location.Field("States").Field(name).ToString()));
            }
        }
    }
}
