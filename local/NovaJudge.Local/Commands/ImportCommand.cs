using System.CommandLine;
using NovaJudge.Local.Commands.Importing;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova import</c>: answers that another tool collected become pairs to be judged.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", $"Turn another tool's results into pairs for: {ProgramName.Value} run --pairs FILE") { Promptfoo(), OpenAiEvals() };

    private static Command Promptfoo()
    {
        var file = new Argument<string>("file") { Description = "What promptfoo eval -o results.json (or .jsonl) wrote." };
        var a = new Option<string?>("--a") { Description = "The provider that is A, by label or id. Default: the first one.", HelpName = "NAME" };
        var b = new Option<string?>("--b") { Description = "The provider that is B. Default: the other one.", HelpName = "NAME" };
        var output = Output();
        var command = new Command("promptfoo", "Results of promptfoo: two of its providers.") { file, a, b, output };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
            await WriteAsync(await PromptfooResults.ReadAsync(result.GetValue(file)!, result.GetValue(a), result.GetValue(b), cancellationToken), result.GetValue(output)!, cancellationToken)));
        return command;
    }

    private static Command OpenAiEvals()
    {
        var a = new Argument<string>("file-a") { Description = "The log of model A, as oaieval --record_path wrote it." };
        var b = new Argument<string>("file-b") { Description = "The log of model B for the same eval." };
        var output = Output();
        var command = new Command("openai-evals", "Logs of oaieval: one for each model.") { a, b, output };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
            await WriteAsync(await OpenAiEvalsLogs.ReadAsync(result.GetValue(a)!, result.GetValue(b)!, cancellationToken), result.GetValue(output)!, cancellationToken)));
        return command;
    }

    private static Option<string> Output() => new("--out") { Description = "The file of pairs. Default: pairs.jsonl.", HelpName = "FILE", DefaultValueFactory = _ => "pairs.jsonl" };

    private static async Task<int> WriteAsync(ImportedPairs imported, string path, CancellationToken cancellationToken)
    {
        var (count, withReferences) = await PairsFile.WriteAsync(path, imported, cancellationToken);
        Console.WriteLine($"{path}: {Text.Count(count)} pairs, A is {imported.NameA}, B is {imported.NameB}");
        foreach (var reason in imported.LeftOut())
        {
            Text.WriteNote($"Left out: {reason}.");
        }

        Console.WriteLine($"Judge them: {ProgramName.Value} run --pairs {Quote(path)} --name-a {Quote(imported.NameA)} --name-b {Quote(imported.NameB)} --judge {(withReferences ? "embedded:token-f1" : "model:ollama:NAME")}");
        return ExitCodes.Done;
    }

    /// <summary>As a shell takes it: quoted wherever it could mean anything else.</summary>
    private static string Quote(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/' or ':')
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
