using System.Globalization;
using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary>What a dry run shows: what would be called, how often, and what that would cost.</summary>
internal static class PlanOutput
{
    public static int Show(EvaluationRequest request, SampleCounts counts, CostEstimate estimate, KnownPace? pace, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(PlanDocument.Of(request, counts, estimate), LocalJson.Indented.PlanDocument));
            return ExitCodes.Done;
        }

        var models = ModelLabels.Describe(request);
        Text.WriteBold($"{ModelLabels.Display(models.A)} against {ModelLabels.Display(models.B)}, {Text.Count(counts.Prompts)} prompts of {request.Dataset.Source}, judge {request.Judge.Kind}");
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("").NoWrap());
        foreach (var title in new[] { "Calls", "Tokens in", "Tokens out", "Cost" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var entry in estimate.Entries)
        {
            table.AddRow(
                Markup.Escape(Title(entry.Purpose, entry.Name)),
                entry.Kind == LedgerKind.Job ? "1 job" : Text.Count(entry.Calls),
                Range(entry.InputTokens), Range(entry.OutputTokens), Markup.Escape(CostTable.Money(entry.Usd, entry.Because)));
        }

        table.AddRow("[bold]Total[/]", Text.Count(estimate.Entries.Sum(entry => entry.Calls)), "", "", $"[bold]{(estimate.Usd is { } usd ? CostTable.Money(usd, null) : "unknown")}[/]");
        AnsiConsole.Write(table);
        foreach (var note in Notes(request, estimate, pace))
        {
            Text.Write(note);
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Notes(EvaluationRequest request, CostEstimate estimate, KnownPace? pace)
    {
        foreach (var because in estimate.Entries.Where(entry => entry.Usd is null).Select(entry => entry.Because).OfType<string>().Distinct())
        {
            yield return $"Not known: {because}. Give it with --prices FILE (docs/cost.md).";
        }

        if (estimate.Tokens.High > 0)
        {
            yield return $"From the lengths of the texts (two to six bytes a token) and of the longest answers allowed, without repeated calls; prices {estimate.Prices}.";
            yield return pace is null
                ? "How long it takes is not known: no finished run of this suite called these models."
                : $"At the pace of run {pace.Run}: about {CostTable.Time(pace.Of(estimate))} with {InFlight(estimate)} calls in flight.";
        }

        if (request.Cost is { MaxUsd: not null } or { MaxTokens: not null })
        {
            var ceiling = request.Cost.MaxUsd is { } usd ? Dollars.Text(usd) : string.Create(CultureInfo.InvariantCulture, $"{request.Cost.MaxTokens:N0} tokens");
            yield return $"The run stops before it passes {ceiling}.";
        }

        yield return "The complete request: the same command with --json.";
    }

    private static string InFlight(CostEstimate estimate) =>
        string.Join(" + ", estimate.Entries.Where(entry => entry.Calls > 0).Select(entry => entry.InFlight.ToString(CultureInfo.InvariantCulture)));

    private static string Title(string purpose, string name) => purpose switch
    {
        "a" => $"A: {CostTable.ShortName(name, 17)}",
        "b" => $"B: {CostTable.ShortName(name, 17)}",
        _ => $"Judge: {CostTable.ShortName(name, 13)}",
    };

    private static string Range(EstimateRange range) => range.High == 0 ? "" : $"{CostTable.Short(range.Low)}–{CostTable.Short(range.High)}";
}
