using System.CommandLine;
using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.StatesLanguage;
using ErrorNames = NovaJudge.Pipeline.ErrorNames;

namespace NovaJudge.Local.Commands;

/// <summary>
/// <c>nova trigger FILE</c>: what an event or an input would do. An event goes to the rules of the template; anything
/// else is the input of an execution, as pasted into the console or sent by a schedule.
/// </summary>
internal static class TriggerCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("event") { Description = "A JSON file, such as those in events/." };
        var store = CommandShell.StoreOption();
        var command = new Command("trigger", "Deliver an event, or start the machine with an input, as AWS would.") { file, store };
        command.SetAction((result, cancellationToken) =>
            CommandShell.GuardAsync(() => TriggerAsync(result.GetValue(file)!, CommandShell.Store(result.GetValue(store)!), cancellationToken)));
        return command;
    }

    private static async Task<int> TriggerAsync(FileInfo file, FileObjectStore store, CancellationToken cancellationToken)
    {
        var input = await ReadAsync(file, cancellationToken);
        await using var cloud = new LocalCloud(store, PipelineTemplate.Embedded(), TimeProvider.System, new RunProgress());
        if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty("detail-type", out var type))
        {
            var rules = await cloud.PutEventAsync(input, cancellationToken);
            Console.WriteLine(rules.Count == 0
                ? $"No rule of the template matches this event ({type})."
                : $"Delivered by {string.Join(", ", rules)}.");
        }
        else
        {
            await cloud.RunAsync(ExecutionNames.Of(input), input, cancellationToken);
        }

        return cloud.LastResult is { } result ? Show(result) : ExitCodes.Done;
    }

    private static int Show(ExecutionResult result)
    {
        if (result.Status == ExecutionStatus.Succeeded)
        {
            using var output = JsonDocument.Parse(result.Output);
            Console.WriteLine(JsonSerializer.Serialize(output.RootElement, LocalJson.Indented.JsonElement));
            return ExitCodes.Done;
        }

        Console.Error.WriteLine(Text.Printable($"{result.Error}: {result.Cause}"));
        return result.Error == ErrorNames.BadInput ? ExitCodes.BadInput : ExitCodes.RunFailed;
    }

    private static async Task<JsonElement> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw PipelineException.BadInput($"{file}, line {e.LineNumber + 1}: it is not JSON. {e.Message}");
        }
    }
}
