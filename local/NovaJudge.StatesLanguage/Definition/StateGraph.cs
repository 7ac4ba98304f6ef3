using System.Collections.Immutable;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The states of one level: a machine, a branch of Parallel, the processor of Map.</summary>
internal sealed class StateGraph(State start, ImmutableArray<State> states)
{
    public State Start { get; } = start;

    public ImmutableArray<State> States { get; } = states;

    public IReadOnlyList<string> Names { get; } = [.. states.Select(static state => state.Name)];
}
