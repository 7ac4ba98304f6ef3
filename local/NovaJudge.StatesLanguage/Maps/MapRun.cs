using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>The child executions of a distributed Map, and how many of them have got how far.</summary>
internal sealed class MapRun
{
    private readonly StateVisit _visit;
    private readonly MapState _state;
    private readonly JsonValue[] _inputs;
    private readonly MapItemContext[]? _contexts;
    private readonly FailureTolerance _tolerance;
    private readonly string _machineArn;
    private readonly string _executionPrefix;
    private int _running;
    private int _succeeded;
    private int _failed;
    private int _aborted;

    public MapRun(StateVisit visit, MapState state, JsonValue[] inputs, MapItemContext[]? contexts, FailureTolerance tolerance)
    {
        (_visit, _state, _inputs, _contexts, _tolerance) = (visit, state, inputs, contexts, tolerance);
        Children = new ChildExecution?[inputs.Length];
        var parent = visit.Execution;
        var identity = $"{parent.Arn}:{visit.EnteredEventId}:{visit.RetryCount}";
        Id = parent.Options.NewId($"map-run:{identity}").ToString();
        var label = state.Label ?? parent.Options.NewId($"map-label:{parent.StateMachineArn}:{state.Name}").ToString("N")[..20];
        MachineName = $"{parent.Request.StateMachineName}/{label}";
        _machineArn = $"{parent.StateMachineArn}/{label}";
        var arn = ArnPrefix(parent.StateMachineArn);
        Arn = $"{arn}:mapRun:{MachineName}:{Id}";
        _executionPrefix = $"{arn}:execution:{MachineName}:";
    }

    public string Id { get; private set; }

    public string Arn { get; private set; }

    public string MachineName { get; }

    public ChildExecution?[] Children { get; }

    /// <summary>The inputs that no child was started for, since the run failed before.</summary>
    public IEnumerable<JsonValue> PendingInputs => _inputs.Where((_, index) => Children[index] is null);

    /// <summary>Takes over from the run of a failed execution: its identity and the children that succeeded. False when the items differ.</summary>
    public bool Redrive(MapRun earlier)
    {
        if (earlier.Children.Length != Children.Length)
        {
            return false;
        }

        (Id, Arn) = (earlier.Id, earlier.Arn);
        earlier.Children.CopyTo(Children, 0);
        _succeeded = Children.Count(static child => child?.Status == ExecutionStatus.Succeeded);
        return true;
    }

    /// <summary>Runs the children; null when not more failed than are tolerated.</summary>
    public async ValueTask<Failure?> RunAsync(int concurrency)
    {
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(_visit.Branch.CancellationToken);
        var exceeded = false;
        await WorkerPool.RunAsync(_inputs.Length, concurrency, async index =>
        {
            if (Children[index]?.Status == ExecutionStatus.Succeeded)
            {
                return;
            }

            var child = await RunChildAsync(index, siblings.Token);
            if (child.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut && !exceeded && _tolerance.IsExceeded(_failed, _inputs.Length))
            {
                exceeded = true;
                siblings.Cancel();
            }
        }, siblings);
        _visit.Branch.CancellationToken.ThrowIfCancellationRequested();
        return exceeded ? new Failure(ErrorNames.ExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded") : null;
    }

    /// <summary>The results of the children that succeeded, in the order of the items.</summary>
    public JsonValue Outputs() => new JsonArray([.. Children.Where(static child => child?.Output is not null).Select(static child => child!.Output!)]);

    private static string ArnPrefix(string machineArn)
    {
        var parts = machineArn.Split(':', 6);
        return parts.Length == 6 ? string.Join(':', parts[..5]) : "arn:aws:states:us-east-1:123456789012";
    }

    private async ValueTask<ChildExecution> RunChildAsync(int index, CancellationToken cancellationToken)
    {
        var parent = _visit.Execution;
        var name = parent.Options.NewId($"child:{Arn}:{index}").ToString();
        var request = new ExecutionRequest
        {
            StateMachineArn = _machineArn,
            StateMachineName = MachineName,
            ExecutionArn = _executionPrefix + name,
            ExecutionName = name,
            RoleArn = parent.Request.RoleArn,
            Type = _state.IsExpress ? WorkflowType.Express : WorkflowType.Standard,
            Input = default,
        };
        var earlier = Children[index]?.Unsuccessful;
        var execution = new Execution(parent.Interpreter, request, _inputs[index], parent.Loop, Arn, earlier, cancellationToken)
        {
            Program = (_state.Processor, null),
            MapItem = _contexts?[index],
            Root = earlier?.Root,
        };
        _running++;
        Report();
        await ExecutionRun.RunAsync(execution);
        _running--;
        switch (execution.Status)
        {
            case ExecutionStatus.Succeeded:
                _succeeded++;
                break;
            case ExecutionStatus.Aborted:
                _aborted++;
                break;
            default:
                _failed++;
                break;
        }

        Report();
        var result = await execution.Completion;
        return Children[index] = new ChildExecution(execution, _inputs[index], execution.OutputValue, execution.Status, result.Error, result.Cause);
    }

    private void Report() => _visit.Execution.Options.Observer?.OnMapRun(new MapRunProgress
    {
        MapRunArn = Arn,
        ExecutionArn = _visit.Execution.Arn,
        StateName = _state.Name,
        Total = _inputs.Length,
        Pending = _inputs.Length - _running - _succeeded - _failed - _aborted,
        Running = _running,
        Succeeded = _succeeded,
        Failed = _failed,
        Aborted = _aborted,
    });
}

/// <summary>What remains of a child execution: enough for the results.</summary>
internal sealed class ChildExecution(Execution execution, JsonValue input, JsonValue? output, ExecutionStatus status, string? error, string? cause)
{
    public string Arn { get; } = execution.Arn;

    /// <summary>The execution itself when it did not succeed, for a redrive.</summary>
    public Execution? Unsuccessful { get; } = status == ExecutionStatus.Succeeded ? null : execution;

    public int RedriveCount { get; } = execution.RedriveCount;

    public string Name { get; } = execution.Name;

    public string StateMachineArn { get; } = execution.StateMachineArn;

    public DateTimeOffset StartedAt { get; } = execution.StartedAt;

    public DateTimeOffset StoppedAt { get; } = execution.StoppedAt ?? execution.StartedAt;

    public JsonValue Input { get; } = input;

    public JsonValue? Output { get; } = output;

    public ExecutionStatus Status { get; } = status;

    public string? Error { get; } = error;

    public string? Cause { get; } = cause;
}
