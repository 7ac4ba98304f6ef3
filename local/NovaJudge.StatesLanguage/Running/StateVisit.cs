using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Maps;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>One visit of a state: its input, what its expressions see, and the steps of data processing that states share.</summary>
internal sealed class StateVisit(BranchRun branch, State state, JsonValue rawInput) : IScopeSource
{
    private readonly ImmutableDictionary<string, JsonValue> _variables = branch.Variables;
    private DateTimeOffset _enteredAt;
    private Scope? _scope;
    private JsonObject? _assigned;
    private bool _resumed;

    public BranchRun Branch { get; } = branch;

    public Execution Execution => Branch.Execution;

    public State State { get; } = state;

    public JsonValue RawInput { get; } = rawInput;

    public long EnteredEventId { get; private set; }

    public int RetryCount { get; set; }

    public string? TaskToken { get; set; }

    /// <summary>`$$.Map` while an item selector is evaluated.</summary>
    public MapItemContext? MapItem { get; set; } = branch.MapItem;

    IRandomSource IScopeSource.Random => Execution;

    // A state that can handle errors names them; elsewhere a path that leads nowhere is a defect of the definition.
    string IScopeSource.MissingPathError => State is WorkState ? ErrorNames.ParameterPathFailure : ErrorNames.Runtime;

    public Scope Scope => _scope ??= new Scope(RawInput, this, _variables);

    /// <summary>The progress of this visit's branches or iterations, if it has any.</summary>
    public FanOut? FanOut { get; private set; }

    /// <summary>The same visit in a redriven execution: entered already, with what was achieved.</summary>
    public StateVisit Resume(BranchRun branch) => new(branch, State, RawInput)
    {
        _resumed = true,
        _enteredAt = _enteredAt,
        EnteredEventId = EnteredEventId,
        FanOut = FanOut,
    };

    /// <summary>Progress to fill: that of the redriven visit for its first attempt, a fresh one else.</summary>
    public FanOut StartFanOut(int count)
    {
        if (!_resumed || FanOut is null)
        {
            FanOut = new FanOut(count);
        }

        _resumed = false;
        return FanOut;
    }

    /// <summary>The Map Run of the redriven visit, and from now on the one given.</summary>
    public MapRun? ExchangeMapRun(MapRun run)
    {
        var earlier = _resumed ? FanOut?.MapRun : null;
        _resumed = false;
        FanOut = new FanOut(0) { MapRun = run };
        return earlier;
    }

    public void Enter()
    {
        if (EnteredEventId > 0)
        {
            return;
        }

        _enteredAt = Execution.Options.Time.GetUtcNow();
        EnteredEventId = Branch.PreviousEventId = Execution.Record(Branch.PreviousEventId, Entered(State), name: State.Name, input: RawInput);
    }

    /// <summary>Records an event of this branch.</summary>
    public void Record(HistoryEventType type, JsonValue? output = null, string? error = null, string? cause = null, TaskResource? resource = null) =>
        Branch.PreviousEventId = Execution.Record(Branch.PreviousEventId, type, output: output, resource: resource, details: HistoryDetails.OfFailure(error, cause));

    /// <summary>Records an event that no other event follows: AWS lets the next one refer to the event before.</summary>
    public void RecordAside(HistoryEventType type, string? error = null, string? cause = null) =>
        Execution.Record(Branch.PreviousEventId, type, details: HistoryDetails.OfFailure(error, cause));

    /// <summary>Records that a sibling's failure ended this visit; the end of the whole execution needs no such event.</summary>
    public void RecordAbort()
    {
        var type = State switch
        {
            TaskState => HistoryEventType.TaskStateAborted,
            WaitState => HistoryEventType.WaitStateAborted,
            ParallelState => HistoryEventType.ParallelStateAborted,
            MapState => HistoryEventType.MapStateAborted,
            _ => (HistoryEventType?)null,
        };
        if (type is { } aborted && EnteredEventId > 0 && !Execution.IsEnding)
        {
            RecordAside(aborted);
        }
    }

    /// <summary>InputPath or OutputPath applied to a value.</summary>
    public JsonValue Select(PathField field, JsonValue value)
    {
        if (field.Expression is null)
        {
            return field.IsNull ? JsonObject.Empty : value;
        }

        return Value(field.Expression, value);
    }

    /// <summary>A path's value; where it leads nowhere, the error AWS reports for InputPath and its like.</summary>
    public JsonValue Value(Expression expression, JsonValue input)
    {
        try
        {
            return expression.Evaluate(Scope.WithInput(input));
        }
        catch (PathException missing)
        {
            throw new StateException(ErrorNames.Runtime, $"Invalid path '{expression.Text}' : {missing.Message}");
        }
    }

    public JsonValue Fill(PayloadTemplate? template, JsonValue input) => template is null ? input : template.Evaluate(Scope.WithInput(input));

    public JsonValue Combine(ResultPathField field, JsonValue input, JsonValue result)
    {
        if (field.Discard)
        {
            return input;
        }

        if (field.Path is null)
        {
            return result;
        }

        return field.Path.Put(input, result)
            ?? throw new StateException(ErrorNames.ResultPathMatchFailure, $"Unable to apply ReferencePath {field.Path.Path.Text} to input {Execution.Quote(input)}");
    }

    /// <summary>Computes the variables, to be assigned when the state is left.</summary>
    /// <exception cref="StateException">They are larger than one Assign, or all variables together, may be.</exception>
    public void Assign(PayloadTemplate? template, JsonValue input)
    {
        if (template is null)
        {
            return;
        }

        _assigned = (JsonObject)template.Evaluate(Scope.WithInput(input));
        var limits = Execution.Options.Limits;
        if (_assigned.Size > limits.PayloadBytes || _variables.Sum(variable => _assigned.Has(variable.Key) ? 0 : variable.Value.Size) + _assigned.Size > limits.VariableBytes)
        {
            throw TooLarge(State.Name);
        }
    }

    public StateExit Exit(Target? next, JsonValue output)
    {
        if (output.Size > Execution.Options.Limits.PayloadBytes)
        {
            throw TooLarge(State.Name);
        }

        if (_assigned is not null)
        {
            var variables = Branch.Variables.ToBuilder();
            foreach (var (name, value) in _assigned.Properties)
            {
                variables[name] = value;
            }

            Branch.Variables = variables.ToImmutable();
        }

        Branch.PreviousEventId = Execution.Record(Branch.PreviousEventId, Exited(State), name: State.Name, output: output, details: _assigned is null ? null : new HistoryDetails { Assigned = _assigned });
        return new StateExit(next?.State, output, null);
    }

    public static StateException TooLarge(string what) =>
        new(ErrorNames.DataLimitExceeded, $"The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit.");

    /// <summary>The end of a visit that failed on its own data.</summary>
    /// <exception cref="ExecutionFailedException">A runtime error, which ends the whole execution at once, from whatever branch.</exception>
    public StateExit Fail(StateException failure)
    {
        var described = Describe(failure);
        if (failure.Error != ErrorNames.Runtime)
        {
            return StateExit.Failed(described);
        }

        Execution.IsEnding = true;
        throw new ExecutionFailedException(described);
    }

    /// <summary>The failure as AWS words it: with the state and the event of its entry.</summary>
    public Failure Describe(StateException failure) => new(
        failure.Error,
        failure.Error == ErrorNames.DataLimitExceeded
            ? failure.Message
            : $"An error occurred while executing the state '{State.Name}' (entered at the event id #{EnteredEventId}). {failure.Message}");

    JsonValue IScopeSource.Context()
    {
        var stateValue = new JsonObjectBuilder().Set("Name", State.Name).Set("EnteredTime", Timestamp.Write(_enteredAt));
        if (State is TaskState)
        {
            stateValue.Set("RetryCount", RetryCount);
        }

        var context = new JsonObjectBuilder(5)
            .Set("Execution", Execution.ContextValue)
            .Set("StateMachine", Execution.MachineValue)
            .Set("State", stateValue.Build());
        if (MapItem is not null)
        {
            context.Set("Map", MapItem.Value);
        }

        if (TaskToken is not null)
        {
            context.Set("Task", new JsonObjectBuilder(1).Set("Token", TaskToken).Build());
        }

        return context.Build();
    }

    string IScopeSource.Quote(JsonValue input) => Execution.Quote(input);

    private static HistoryEventType Entered(State state) => state switch
    {
        PassState => HistoryEventType.PassStateEntered,
        TaskState => HistoryEventType.TaskStateEntered,
        ChoiceState => HistoryEventType.ChoiceStateEntered,
        WaitState => HistoryEventType.WaitStateEntered,
        SucceedState => HistoryEventType.SucceedStateEntered,
        FailState => HistoryEventType.FailStateEntered,
        ParallelState => HistoryEventType.ParallelStateEntered,
        _ => HistoryEventType.MapStateEntered,
    };

    private static HistoryEventType Exited(State state) => state switch
    {
        PassState => HistoryEventType.PassStateExited,
        TaskState => HistoryEventType.TaskStateExited,
        ChoiceState => HistoryEventType.ChoiceStateExited,
        WaitState => HistoryEventType.WaitStateExited,
        SucceedState => HistoryEventType.SucceedStateExited,
        ParallelState => HistoryEventType.ParallelStateExited,
        _ => HistoryEventType.MapStateExited,
    };
}
