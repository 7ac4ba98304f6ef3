using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.Cases;
using NovaJudge.StatesLanguage.History;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova states</c>: the States Language interpreter by itself, on any definition.</summary>
internal static class StatesCommand
{
    public static Command Create() => new("states", "Validate or run any Amazon States Language definition.") { Validate(), Run() };

    private static Command Validate()
    {
        var file = new Argument<FileInfo>("file") { Description = "A state machine's definition." };
        var command = new Command("validate", "Tell everything that is wrong with a definition.") { file };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
        {
            var definition = await JsonFile.ReadTextAsync(result.GetValue(file)!, cancellationToken);
            try
            {
                StateMachineDefinition.Parse(definition);
                Console.WriteLine("The definition is valid.");
                return ExitCodes.Done;
            }
            catch (InvalidDefinitionException e)
            {
                foreach (var problem in e.Problems)
                {
                    await Console.Error.WriteLineAsync(problem.ToString());
                }

                return ExitCodes.BadInput;
            }
        }));
        return command;
    }

    private static Command Run()
    {
        var file = new Argument<FileInfo?>("file") { Description = "A state machine's definition.", Arity = ArgumentArity.ZeroOrOne };
        var input = new Option<FileInfo?>("--input") { Description = "The execution's input as JSON. Default: {}.", HelpName = "FILE" };
        var tasks = new Option<FileInfo?>("--tasks") { Description = "Outcomes of tasks by state, function or ARN, each a list used one per invocation.", HelpName = "FILE" };
        var history = new Option<bool>("--history") { Description = "Print every event of the execution, one JSON object a line, before the result." };
        var cases = new Option<FileInfo?>("--cases") { Description = "Run cases, one JSON object a line, and answer each with a line.", HelpName = "FILE" };
        var realTime = new Option<bool>("--real-time") { Description = "Wait as long as the definition says. Default: a virtual clock." };
        var command = new Command("run", "Run a definition, or many cases, without any account.") { file, input, tasks, history, cases, realTime };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() => (result.GetValue(file), result.GetValue(cases)) switch
        {
            (null, { } many) => RunCasesAsync(many, new CaseRunner { RealTime = result.GetValue(realTime) }, cancellationToken),
            ({ } one, null) => RunOneAsync(one, result.GetValue(input), result.GetValue(tasks), new CaseRunner
            {
                RealTime = result.GetValue(realTime),
                Observer = result.GetValue(history) ? new HistoryPrinter() : null,
            }, cancellationToken),
            _ => throw PipelineException.BadInput("Either a definition or --cases FILE is expected."),
        }));
        return command;
    }

    private static async Task<int> RunCasesAsync(FileInfo cases, CaseRunner runner, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(cases.FullName);
        await using var writer = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        await runner.RunAllAsync(reader, writer, Environment.ProcessorCount, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task<int> RunOneAsync(FileInfo definition, FileInfo? input, FileInfo? tasks, CaseRunner runner, CancellationToken cancellationToken)
    {
        var line = new StringBuilder(new JsonObject
        {
            ["name"] = Path.GetFileNameWithoutExtension(definition.Name),
            ["definition"] = await JsonFile.ReadTextAsync(definition, cancellationToken),
        }.ToJsonString()[..^1]);
        foreach (var (name, file) in new[] { ("tasks", tasks), ("input", input) })
        {
            if (file is not null)
            {
                // As it is written: causes quote the input so.
                line.Append(",\"").Append(name).Append("\":").Append(await JsonFile.ReadAsync(file, cancellationToken));
            }
        }

        var answer = await runner.RunAsync(line.Append('}').ToString(), cancellationToken);
        Console.WriteLine(Indented(answer));
        return Status(answer) switch
        {
            "SUCCEEDED" => ExitCodes.Done,
            "INVALID" => ExitCodes.BadInput,
            _ => ExitCodes.RunFailed,
        };
    }

    /// <summary>For reading; an output too deep for anyone to read stays on one line.</summary>
    private static string Indented(string answer)
    {
        try
        {
            return JsonNode.Parse(answer)!.ToJsonString(LocalJson.Indented.Options);
        }
        catch (JsonException)
        {
            return answer;
        }
    }

    private static string? Status(string answer)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(answer));
        while (reader.Read() && !(reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("status"u8)))
        {
        }

        reader.Read();
        return reader.GetString();
    }

    private sealed class HistoryPrinter : IExecutionObserver
    {
        public void OnEvent(Execution execution, HistoryEvent historyEvent) => Console.WriteLine(historyEvent);
    }
}
