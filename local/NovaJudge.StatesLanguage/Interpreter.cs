using System.Text.Json;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;
using NovaJudge.StatesLanguage.Tasks;
using JsonReader = NovaJudge.StatesLanguage.Json.JsonReader;

namespace NovaJudge.StatesLanguage;

/// <summary>Runs state machines. One interpreter serves any number of executions at a time.</summary>
public sealed class Interpreter(InterpreterOptions options)
{
    public InterpreterOptions Options { get; } = options;

    /// <summary>The tokens of tasks that wait for a callback, of all executions of this interpreter.</summary>
    public TaskTokens Tokens { get; } = new();

    /// <summary>Starts an execution and returns at once. Cancelling the token aborts it.</summary>
    /// <exception cref="ArgumentException">The input is not JSON, or too large.</exception>
    public Execution Start(StateMachineDefinition definition, ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(request);
        JsonValue input;
        try
        {
            input = JsonReader.Parse(request.Input.Span);
        }
        catch (JsonException wrong)
        {
            throw new ArgumentException($"The input of execution '{request.ExecutionName}' is not JSON: {wrong.Message}", nameof(request), wrong);
        }

        if (input.Size > Options.Limits.PayloadBytes)
        {
            throw new ArgumentException(
                $"The input of execution '{request.ExecutionName}' has {input.Size} bytes; at most {Options.Limits.PayloadBytes} are allowed", nameof(request));
        }

        var execution = new Execution(this, request, input, new ExecutionLoop(Options.Time), mapRunArn: null, earlier: null, cancellationToken)
        {
            Program = (definition.Graph, definition.Timeout),
        };
        ExecutionRun.Start(execution);
        return execution;
    }

    /// <summary>
    /// Goes on with an execution that failed, timed out or was stopped, from the states in which it ended: what succeeded before is kept, in
    /// Parallel branches, map iterations and child executions too. The answer is a new object for the same execution, its history continued.
    /// </summary>
    /// <exception cref="InvalidOperationException">The execution runs or has succeeded.</exception>
    public Execution Redrive(Execution execution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        if (execution.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded || execution.Root is null)
        {
            throw new InvalidOperationException($"Execution {execution.Arn} is not redrivable: its status is {execution.Status}.");
        }

        var redriven = new Execution(this, execution.Request, execution.InputValue, new ExecutionLoop(Options.Time), execution.MapRunArn, execution, cancellationToken)
        {
            Program = execution.Program,
            Root = execution.Root,
        };
        ExecutionRun.Start(redriven);
        return redriven;
    }
}
