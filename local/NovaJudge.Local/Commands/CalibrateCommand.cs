using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Metrics.Labelling;
using NovaJudge.Pipeline.Runs;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova calibrate RUN</c>: what people's labels say of the judge, and the score they would have given.</summary>
internal static class CalibrateCommand
{
    private static readonly string[] Words = ["A", "B", "tie"];

    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A run with labels." };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "Everything as JSON, nothing else." };
        var command = new Command("calibrate", $"Hold the judge against the labels of {ProgramName.Value} label.") { run, store, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() =>
            CalibrateAsync(CommandShell.Store(result.GetValue(store)!), result.GetValue(run)!, result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> CalibrateAsync(FileObjectStore store, string name, bool json, CancellationToken cancellationToken)
    {
        var run = await Names.FinishedAsync(store, name, cancellationToken);
        var labels = await store.ReadLabelsAsync(run.Keys, cancellationToken);
        if (labels.Count < 2)
        {
            throw PipelineException.BadInput($"Run {name} has {(labels.Count == 0 ? "no labels" : "one label")} yet; at least two are needed, and thirty say something. Label some: {ProgramName.Value} label {name} --n 30");
        }

        var verdicts = new List<VerdictRow>();
        await foreach (var verdict in store.ReadVerdictsAsync(run.Keys, cancellationToken))
        {
            verdicts.Add(verdict);
        }

        var calibration = Calibration.Of(verdicts, labels);
        var confidence = run.Request.Analysis.Confidence;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(CalibrationDocument.Of(calibration, confidence), LocalJson.Indented.CalibrationDocument));
        }
        else
        {
            Show(calibration, run.Metrics, confidence);
        }

        return ExitCodes.Done;
    }

    private static void Show(Calibration calibration, RunMetrics metrics, double confidence)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Judge \\ people");
        foreach (var word in Words)
        {
            table.AddColumn(new TableColumn(word).RightAligned());
        }

        for (var row = 0; row < Words.Length; row++)
        {
            table.AddRow([Words[row], .. calibration.Table[row].Select(count => Text.Count(count))]);
        }

        AnsiConsole.Write(table);
        Text.Write($"{calibration.Labelled} of {calibration.Prompts} scored prompts are labelled; each label counts for the prompts it stands for.");
        if (calibration.Agreement.TryGet(out var agreement))
        {
            var kappa = agreement is { Observed: 1, Kappa.IsKnown: true }
                ? "not one label differs, so kappa is 1 and has no interval"
                : agreement.Kappa.TryGet(out var value) && agreement.KappaInterval(confidence).TryGet(out var interval)
                ? string.Create(CultureInfo.InvariantCulture, $"kappa {value:0.00} ({Math.Max(-1, interval.Low):0.00} to {Math.Min(1, interval.High):0.00})")
                : $"kappa withheld because {agreement.Kappa.WithheldBecause ?? agreement.StandardError.WithheldBecause}";
            Text.Write($"Judge and people agree on {agreement.Observed * 100:0}%: {kappa}{(agreement.GwetAc1.TryGet(out var ac1) ? string.Create(CultureInfo.InvariantCulture, $", Gwet's AC1 {ac1:0.00}") : "")}.");
        }

        foreach (var outcome in calibration.Unlabelled)
        {
            Text.WriteNote($"No prompt with the outcome \"{JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString())}\" is labelled; the correction knows nothing of them.");
        }

        var name = ModelLabels.Display(metrics.Models.B);
        Text.WriteBold(calibration.Corrected.TryGet(out var corrected)
            ? $"By the labels {name} scores {Text.Percent(corrected.Estimate)} ({Text.Range(corrected.Interval(confidence).Low, corrected.Interval(confidence).High)}); by the judge alone {Text.Percent(calibration.JudgeScore)}{(metrics.Analysis.Score is { } score ? $" ({Text.Range(score.Low, score.High)})" : "")}."
            : $"The correction is withheld because {calibration.Corrected.WithheldBecause}.");
    }
}
