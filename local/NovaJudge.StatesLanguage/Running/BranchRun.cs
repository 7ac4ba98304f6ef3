using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>How a branch ended.</summary>
internal readonly record struct BranchResult(JsonValue? Output, Failure? Failure);

/// <summary>One line of states: a machine, a branch of Parallel, an iteration of Map.</summary>
internal sealed class BranchRun(
    Execution execution,
    StateGraph graph,
    ImmutableDictionary<string, JsonValue> variables,
    MapItemContext? mapItem,
    long previousEventId,
    CancellationToken cancellationToken)
{
    private StateVisit? _visit;

    public Execution Execution { get; } = execution;

    /// <summary>The variables of this branch; those of outer scopes are visible, but assignments stay inside.</summary>
    public ImmutableDictionary<string, JsonValue> Variables { get; set; } = variables;

    /// <summary>`$$.Map` for the states of an iteration.</summary>
    public MapItemContext? MapItem { get; } = mapItem;

    public long PreviousEventId { get; set; } = previousEventId;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A branch that goes on with the state in which this one ended, with the same input and variables.</summary>
    public BranchRun Resume(Execution execution, long previousEventId, CancellationToken cancellationToken)
    {
        var resumed = new BranchRun(execution, graph, Variables, MapItem, previousEventId, cancellationToken);
        resumed._visit = _visit?.Resume(resumed);
        return resumed;
    }

    public async ValueTask<BranchResult> RunAsync(JsonValue input)
    {
        var visit = _visit ?? new StateVisit(this, graph.Start, input);
        while (true)
        {
            CancellationToken.ThrowIfCancellationRequested();
            _visit = visit;
            StateExit exit;
            try
            {
                exit = await RunStateAsync(visit);
            }
            catch (OperationCanceledException)
            {
                visit.RecordAbort();
                throw;
            }

            if (exit.Failure is not null || exit.Next is null)
            {
                return new BranchResult(exit.Output, exit.Failure);
            }

            visit = new StateVisit(this, exit.Next, exit.Output!);
        }
    }

    private static ValueTask<StateExit> RunStateAsync(StateVisit visit)
    {
        visit.Enter();
        try
        {
            return visit.State switch
            {
                PassState pass => new(PassRunner.Run(visit, pass)),
                ChoiceState choice => new(ChoiceRunner.Run(visit, choice)),
                SucceedState => new(SucceedRunner.Run(visit)),
                FailState fail => new(FailRunner.Run(visit, fail)),
                WaitState wait => WaitRunner.RunAsync(visit, wait),
                TaskState task => WorkRunner.RunAsync(visit, task, static (visit, task) => TaskRunner.AttemptAsync(visit, task)),
                ParallelState parallel => WorkRunner.RunAsync(visit, parallel, static (visit, parallel) => ParallelRunner.AttemptAsync(visit, parallel)),
                MapState map => WorkRunner.RunAsync(visit, map, static (visit, map) => MapRunner.AttemptAsync(visit, map)),
                _ => throw new InvalidOperationException($"No runner for {visit.State.Type}."),
            };
        }
        catch (StateException failure)
        {
            return new(visit.Fail(failure));
        }
    }
}
