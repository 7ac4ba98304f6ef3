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

        var execution = new Execution(this, request, input, new ExecutionLoop(Options.Time), mapRunArn: null, cancellationToken);
        ExecutionRun.Start(execution, definition);
        return execution;
    }
}
