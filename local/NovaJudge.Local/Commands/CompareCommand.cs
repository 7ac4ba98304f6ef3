using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova compare FIRST SECOND</c>: did model B change between two runs, and on which prompts?</summary>
internal static class CompareCommand
{
    private const int QuestionWidth = 40;

    public static Command Create()
    {
        var first = new Argument<string>("first") { Description = "The earlier run." };
        var second = new Argument<string>("second") { Description = "The later run." };
        var store = CommandShell.StoreOption();
        var force = new Option<bool>("--force") { Description = "Compare although more than model B differs." };
        var most = new Option<int>("--most") { Description = "Changed prompts to name. Default 50; --json names all.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "Everything as JSON, nothing else." };
        var command = new Command("compare", "Compare two runs: prompt by prompt where they share prompts.") { first, second, store, force, most, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() => CompareAsync(
            CommandShell.Store(result.GetValue(store)!), result.GetValue(first)!, result.GetValue(second)!,
            result.GetValue(force), result.GetValue(json), Math.Max(0, result.GetValue(most)), cancellationToken)));
        return command;
    }

    private static async Task<int> CompareAsync(
        FileObjectStore store, string first, string second, bool force, bool json, int most, CancellationToken cancellationToken)
    {
        var before = await Names.FinishedAsync(store, first, cancellationToken);
        var after = await Names.FinishedAsync(store, second, cancellationToken);
        var confidence = after.Request.Analysis.Confidence;
        var compared = await ComparedRuns.OfAsync(store, before.Request, after.Request, confidence, cancellationToken);
        if (compared.Differences.Count > 0 && !force)
        {
            throw PipelineException.BadInput(
            [
                $"{first} and {second} differ in more than model B, so a difference would not tell what it is from:",
                .. compared.Differences.Select(difference => $"  {difference}"),
                "Compare them anyway: --force",
            ]);
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(ComparisonDocument.Of(before.Id.Value, after.Id.Value, compared), LocalJson.Indented.ComparisonDocument));
        }
        else
        {
            Show(before, after, compared, most, confidence);
        }

        return ExitCodes.Done;
    }

    private static void Show(FinishedRun before, FinishedRun after, ComparedRuns compared, int most, double confidence)
    {
        var comparison = compared.Comparison;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "Model B").AddColumn(new TableColumn("Score of B").RightAligned());
        Add("First", before);
        Add("Second", after);
        AnsiConsole.Write(table);
        foreach (var difference in compared.Differences)
        {
            Text.WriteNote($"They differ in {difference}.");
        }

        Text.Write(comparison.Note);
        if (comparison.McNemar is { Discordant: > 0 } test)
        {
            Text.Write($"McNemar, exact: {test.Discordant} of {test.N} prompts decisive in both runs changed the winner, p {Text.P(test.PExact)}");
        }

        ShowChanged(compared, most);
        Text.WriteBold(Sentence(comparison, after, confidence));

        void Add(string which, FinishedRun run) => table.AddRow(
            $"{which}: {Markup.Escape(run.Id.Value)}", Markup.Escape(ModelLabels.Display(run.Metrics.Models.B)),
            run.Metrics.Analysis.Score is { } score ? $"{Text.Percent(score.Value)} ({Text.Range(score.Low, score.High)})" : "none");
    }

    private static void ShowChanged(ComparedRuns compared, int most)
    {
        if (!compared.Comparison.IsPaired)
        {
            return;
        }

        var flips = compared.Changed.Count(verdict => verdict.IsFlip);
        Text.Write($"{compared.Changed.Count} of {compared.Verdicts} verdicts changed, {flips} of them from one winner to the other.");
        if (compared.Changed.Count == 0 || most == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Prompt").NoWrap()).AddColumn(new TableColumn("Before").NoWrap()).AddColumn(new TableColumn("Now").NoWrap()).AddColumn("Question");
        foreach (var verdict in compared.Changed.Take(most))
        {
            table.AddRow(Markup.Escape(Short(verdict.Id, 48)), Word(verdict.First), Word(verdict.Second), Markup.Escape(Short(verdict.Prompt, QuestionWidth)));
        }

        AnsiConsole.Write(table);
        if (compared.Changed.Count > most)
        {
            Text.Write($"{compared.Changed.Count - most} more; see them with --most {compared.Changed.Count} or --json.");
        }
    }

    private static string Sentence(RunComparison comparison, FinishedRun after, double confidence)
    {
        if (!comparison.Difference.TryGet(out var difference) || !comparison.Interval.TryGet(out var interval))
        {
            return $"Nothing can be compared: {comparison.Difference.WithheldBecause ?? comparison.Interval.WithheldBecause}.";
        }

        var p = comparison.P.TryGet(out var known) ? $", p {Text.P(known)}" : "";
        var shown = !interval.Contains(0) && comparison.P.TryGet(out known) && known < 1 - confidence;
        var figures = string.Create(CultureInfo.InvariantCulture, $"{difference * 100:+0.0;-0.0;0.0} points ({interval.Low * 100:+0.0;-0.0;0.0} to {interval.High * 100:+0.0;-0.0;0.0}{p})");
        var name = ModelLabels.Display(after.Metrics.Models.B);
        return shown
            ? $"{name} has become {(difference > 0 ? "better" : "worse")}: {figures}."
            : $"No change of {name} is shown: {figures}.";
    }

    private static string Word(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => "[red]A[/]",
        PromptOutcome.B => "[green]B[/]",
        PromptOutcome.Inconsistent => "tie (inconsistent)",
        _ => "tie",
    };

    private static string Short(string text, int most)
    {
        var line = new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]).Trim();
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }
}
