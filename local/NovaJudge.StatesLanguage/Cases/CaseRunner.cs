using System.Text;
using System.Text.Json;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Time;
using JsonReader = NovaJudge.StatesLanguage.Json.JsonReader;

namespace NovaJudge.StatesLanguage.Cases;

/// <summary>
/// Runs self-contained cases: one JSON object in, one out. A case names a definition, an input and the outcomes of its tasks; it runs on a
/// clock of its own, virtual unless asked otherwise, so cases may run side by side.
/// </summary>
public sealed class CaseRunner
{
    /// <summary>Whether waits and delays take the time they say.</summary>
    public bool RealTime { get; init; }

    /// <summary>Seeds jitter and random functions.</summary>
    public int Seed { get; init; }

    /// <summary>Runs the case of one line and answers with one line: name, status, and output or error and cause.</summary>
    /// <returns>A line for whatever comes in: a line that is no case has the status INVALID too.</returns>
    public async Task<string> RunAsync(string line, CancellationToken cancellationToken)
    {
        JsonObject json;
        var utf8 = Encoding.UTF8.GetBytes(line);
        try
        {
            json = JsonReader.Parse(utf8) as JsonObject ?? throw new JsonException("A case is a JSON object.");
        }
        catch (JsonException wrong)
        {
            return Invalid(null, "InvalidCase", wrong.Message);
        }

        var name = json["name"];
        try
        {
            var result = await RunAsync(Case.Read(utf8, json), cancellationToken);
            return Answer(name, result);
        }
        catch (InvalidDefinitionException wrong)
        {
            return Invalid(name, "InvalidDefinition", wrong.Message);
        }
        catch (ArgumentException wrong)
        {
            return Invalid(name, "InvalidExecutionInput", wrong.Message);
        }
    }

    private async Task<ExecutionResult> RunAsync(Case one, CancellationToken cancellationToken)
    {
        TimeProvider time = RealTime ? TimeProvider.System : new VirtualTime();
        var definition = StateMachineDefinition.Parse(one.Definition, new DefinitionOptions { SupportsResource = static _ => true });
        var tasks = new CaseTasks(one.Tasks, time);
        var interpreter = new Interpreter(new InterpreterOptions
        {
            Tasks = tasks,
            Time = time,
            Seed = Seed,
            Invocation = TaskInvocation.InOrder,
        });
        tasks.Tokens = interpreter.Tokens;
        return await interpreter.Start(definition, one.Request, cancellationToken).Completion;
    }

    private static string Answer(JsonValue? name, ExecutionResult result)
    {
        var answer = Named(name).Set("status", result.Status switch
        {
            ExecutionStatus.TimedOut => "TIMED_OUT",
            var status => status.ToString().ToUpperInvariant(),
        });
        if (result.Status == ExecutionStatus.Succeeded)
        {
            return answer.Set("output", JsonReader.Parse(result.Output.Span)).Build().ToString();
        }

        if (result.Error is not null)
        {
            answer.Set("error", result.Error);
        }

        return (result.Cause is null ? answer : answer.Set("cause", result.Cause)).Build().ToString();
    }

    private static string Invalid(JsonValue? name, string error, string cause) =>
        Named(name).Set("status", "INVALID").Set("error", error).Set("cause", cause).Build().ToString();

    private static JsonObjectBuilder Named(JsonValue? name) => name is null ? new JsonObjectBuilder() : new JsonObjectBuilder().Set("name", name);
}
