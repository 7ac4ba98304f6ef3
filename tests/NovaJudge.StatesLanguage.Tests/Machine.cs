using System.Text;
using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.Tasks;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.StatesLanguage.Tests;

/// <summary>Runs a definition on a virtual clock.</summary>
internal sealed class Machine(string definition)
{
    public Dictionary<string, Func<TaskRequest, CancellationToken, ValueTask<TaskOutcome>>> Tasks { get; } = [];

    public MemoryStorage Storage { get; } = new();

    public RecordingObserver Observer { get; } = new();

    public TimeProvider Time { get; init; } = new VirtualTime();

    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Aws;

    public Interpreter Interpreter => field ??= new Interpreter(new InterpreterOptions
    {
        Tasks = new Delegated(Tasks),
        Storage = Storage,
        Observer = Observer,
        Time = Time,
        Limits = Limits,
        Invocation = TaskInvocation.InOrder,
    });

    public Machine Task(string state, Func<TaskRequest, TaskOutcome> work)
    {
        Tasks[state] = (request, _) => new(work(request));
        return this;
    }

    public Machine Task(string state, Func<TaskRequest, CancellationToken, ValueTask<TaskOutcome>> work)
    {
        Tasks[state] = work;
        return this;
    }

    public Execution Start(string input = "{}", string name = "run-1") => Interpreter.Start(
        StateMachineDefinition.Parse(definition),
        new ExecutionRequest
        {
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:judge",
            StateMachineName = "judge",
            ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:judge:{name}",
            ExecutionName = name,
            Input = Encoding.UTF8.GetBytes(input),
        },
        TestContext.Current.CancellationToken);

    public Task<ExecutionResult> RunAsync(string input = "{}") => Start(input).Completion;

    public static TaskOutcome Ok(string json) => TaskOutcome.Succeeded(Encoding.UTF8.GetBytes(json));

    private sealed class Delegated(Dictionary<string, Func<TaskRequest, CancellationToken, ValueTask<TaskOutcome>>> tasks) : ITaskIntegration
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken) => tasks[request.StateName](request, cancellationToken);
    }
}

internal static class Results
{
    public static string OutputText(this ExecutionResult result)
    {
        result.Status.ShouldBe(ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
        return Encoding.UTF8.GetString(result.Output.Span);
    }

    public static JsonNode OutputNode(this ExecutionResult result) => JsonNode.Parse(result.OutputText())!;
}
