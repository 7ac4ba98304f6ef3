using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Checking;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova doctor</c>: says what would stop a run and how to mend it, before anything is spent.</summary>
internal static class DoctorCommand
{
    private const int CheckWidth = 16;

    public static Command Create()
    {
        var request = new RequestOptions();
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "The findings as JSON, nothing else." };
        var command = new Command("doctor", "Check this machine, the store and what a request needs. Calls no model and costs nothing. Exit code 1 on a problem.") { store, json };
        request.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
            await CheckAsync(request.Read(result), CommandShell.Store(result.GetValue(store)!), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> CheckAsync(JsonObject body, FileObjectStore store, bool json, CancellationToken cancellationToken)
    {
        Diagnosis[] found =
        [
            .. StoreChecks.Run(store),
            .. await new RequestChecks(store).RunAsync(body, cancellationToken),
            .. await MachineChecks.RunAsync(cancellationToken),
        ];
        var problems = found.Count(diagnosis => diagnosis.State == DiagnosisState.Problem);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new HealthDocument(problems == 0, found), LocalJson.Indented.HealthDocument));
        }
        else
        {
            Show(found, problems);
        }

        return problems == 0 ? ExitCodes.Done : ExitCodes.GateFailed;
    }

    private static void Show(Diagnosis[] found, int problems)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(11)).AddColumn(new GridColumn().NoWrap().Width(CheckWidth)).AddColumn();
        foreach (var diagnosis in found)
        {
            var (word, color) = diagnosis.State switch
            {
                DiagnosisState.Ok => ("ok", "green"),
                DiagnosisState.Warning => ("note", "yellow"),
                DiagnosisState.Problem => ("PROBLEM", "red"),
                _ => ("not checked", "grey"),
            };
            grid.AddRow($"[{color}]{word}[/]", Markup.Escape(diagnosis.Check), Markup.Escape($"{diagnosis.Finding}{(diagnosis.Fix is { } fix ? $"\n-> {fix}" : "")}"));
        }

        AnsiConsole.Write(grid);
        Text.WriteBold(problems switch
        {
            0 => "Nothing stands in the way of a run.",
            1 => "One problem stands in the way of a run.",
            _ => $"{problems} problems stand in the way of a run.",
        });
    }
}
