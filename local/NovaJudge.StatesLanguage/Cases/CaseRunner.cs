using System.Text;
using System.Text.Json;
using System.Threading.Channels;
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

    /// <summary>Sees the events of the executions, for instance to print a history.</summary>
    public IExecutionObserver? Observer { get; init; }

    /// <summary>The quotas the cases run under.</summary>
    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Aws;

    /// <summary>Runs every line of the input, several at a time, and writes the answers in the order of the lines.</summary>
    public async Task RunAllAsync(TextReader cases, TextWriter answers, int concurrency, CancellationToken cancellationToken)
    {
        var running = Channel.CreateBounded<Task<string>>(Math.Max(1, concurrency));
        var writing = WriteAsync();
        try
        {
            while (await cases.ReadLineAsync(cancellationToken) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    // A case may compute for long before it first waits.
                    await running.Writer.WriteAsync(Task.Run(() => RunAsync(line, cancellationToken), cancellationToken), cancellationToken);
                }
            }
        }
        finally
        {
            running.Writer.Complete();
            await writing;
        }

        async Task WriteAsync()
        {
            await foreach (var answer in running.Reader.ReadAllAsync(cancellationToken))
            {
                await answers.WriteLineAsync((await answer).AsMemory(), cancellationToken);
            }
        }
    }

    /// <summary>Runs the case of one line and answers with one line: name, status, and output or error and cause.</summary>
    /// <returns>A line for whatever comes in: a line that is no case has the status INVALID too.</returns>
    public async Task<string> RunAsync(string line, CancellationToken cancellationToken)
    {
        var utf8 = Encoding.UTF8.GetBytes(line);
        JsonObject json;
        try
        {
            json = JsonReader.Parse(utf8) as JsonObject ?? throw new JsonException("This is JSON of another kind.");
        }
        catch (JsonException wrong)
        {
            return Invalid(null, "InvalidCase", $"A case is a JSON object. {wrong.Message}");
        }

        var name = json["name"];
        try
        {
            return await RunAsync(name, Case.Read(utf8, json), cancellationToken);
        }
        catch (InvalidDefinitionException wrong)
        {
            return Invalid(name, "InvalidDefinition", wrong.Message);
        }
        catch (Exception wrong) when (wrong is ArgumentException or JsonException)
        {
            return Invalid(name, "InvalidExecutionInput", wrong.Message);
        }
    }

    private async Task<string> RunAsync(JsonValue? name, Case one, CancellationToken cancellationToken)
    {
        TimeProvider time = RealTime ? TimeProvider.System : new VirtualTime();
        var definition = StateMachineDefinition.Parse(one.Definition, new DefinitionOptions { SupportsResource = static _ => true });
        var tasks = new CaseTasks(one.Tasks, time);
        var storage = new CaseStorage(one.Objects);
        var interpreter = new Interpreter(new InterpreterOptions
        {
            Tasks = tasks,
            Storage = storage,
            Time = time,
            Seed = Seed,
            Observer = Observer,
            Limits = Limits,
            Invocation = TaskInvocation.InOrder,
        });
        tasks.Tokens = interpreter.Tokens;
        return Answer(name, await interpreter.Start(definition, one.Request, cancellationToken).Completion, storage.Written());
    }

    private static string Answer(JsonValue? name, ExecutionResult result, JsonObject? written)
    {
        var answer = Named(name).Set("status", result.Status switch
        {
            ExecutionStatus.TimedOut => "TIMED_OUT",
            var status => status.ToString().ToUpperInvariant(),
        });
        if (result.Status == ExecutionStatus.Succeeded)
        {
            answer.Set("output", JsonReader.Parse(result.Output.Span));
        }

        if (result.Error is not null)
        {
            answer.Set("error", result.Error);
        }

        if (result.Cause is not null)
        {
            answer.Set("cause", result.Cause);
        }

        return (written is null ? answer : answer.Set("objects", written)).Build().ToString();
    }

    private static string Invalid(JsonValue? name, string error, string cause) =>
        Named(name).Set("status", "INVALID").Set("error", error).Set("cause", cause).Build().ToString();

    private static JsonObjectBuilder Named(JsonValue? name) => name is null ? new JsonObjectBuilder() : new JsonObjectBuilder().Set("name", name);
}
