using System.CommandLine;
using System.Globalization;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Statistics;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova plan</c>: how many prompts it takes, before any is paid for.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var detect = new Option<double>("--detect") { Description = "The win rate over decisive prompts that matters. Default 0.55.", HelpName = "RATE", DefaultValueFactory = _ => 0.55 };
        var power = new Option<double>("--power") { Description = "The chance of finding it. Default 0.8.", HelpName = "CHANCE", DefaultValueFactory = _ => 0.8 };
        var confidence = new Option<double>("--confidence") { Description = "Default 0.95.", HelpName = "LEVEL", DefaultValueFactory = _ => 0.95 };
        var decisive = new Option<double?>("--decisive") { Description = "Share of prompts with a winner. Default 1, or that of --like.", HelpName = "SHARE" };
        var effect = new Option<double?>("--design-effect") { Description = "How much prompts of one article repeat each other. Default 1, or that of --like.", HelpName = "D" };
        var like = new Option<string?>("--like") { Description = "A finished run whose decisive share and design effect are to be expected.", HelpName = "RUN" };
        var store = CommandShell.StoreOption();
        var command = new Command("plan", "How many prompts a decision takes.") { detect, power, confidence, decisive, effect, like, store };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
        {
            var run = result.GetValue(like) is { } name ? await Names.FinishedAsync(CommandShell.Store(result.GetValue(store)!), name, cancellationToken) : null;
            var expected = new Expected(
                Between(result.GetValue(detect), 0.5, 1, "--detect", open: true), Between(result.GetValue(power), 0, 1, "--power", open: true), Between(result.GetValue(confidence), 0.5, 1, "--confidence", open: true),
                Between(result.GetValue(decisive) ?? Share(run), 0, 1, "--decisive", open: false), Math.Max(1, result.GetValue(effect) ?? run?.Metrics.Analysis.Clusters.DesignEffect ?? 1));
            return Show(expected, run);
        }));
        return command;
    }

    private static double Share(FinishedRun? run) => run is { Metrics.Outcomes: { Scored: > 0 } outcomes } ? (double)outcomes.Decisive / outcomes.Scored : 1;

    private static double Between(double value, double low, double high, string option, bool open) => value > low && (open ? value < high : value <= high) || (value == high && option == "--detect")
        ? value
        : throw PipelineException.BadInput(string.Create(CultureInfo.InvariantCulture, $"{option} {value}: a number above {low} and {(open ? "below" : "up to")} {high} is expected."));

    private static int Show(Expected expected, FinishedRun? run)
    {
        var prompts = Prompts(expected.Detect, expected);
        var exact = SampleSize.ExactPower((int)Math.Ceiling(prompts * expected.Decisive / expected.Effect), expected.Detect, 0.5, 1 - expected.Confidence);
        Text.WriteBold(string.Create(CultureInfo.InvariantCulture,
            $"{Text.Count(prompts)} prompts find a win rate of {expected.Detect * 100:0.##}% with a chance of {expected.Power * 100:0.##}% (the exact sign test: {exact * 100:0.0}%)."));
        Text.Write(string.Create(CultureInfo.InvariantCulture,
            $"Assumed: {expected.Decisive * 100:0.#}% of the prompts have a winner, design effect {expected.Effect:0.##}, confidence {expected.Confidence * 100:0.##}%, two-sided."));
        ShowCost(prompts, run);
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Prompts").RightAligned()).AddColumn(new TableColumn("Find a win rate of").RightAligned());
        foreach (var n in new[] { 6, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000 })
        {
            var decisive = (int)(n * expected.Decisive / expected.Effect);
            var found = MinimalDetectable.WinRateBySignTest(decisive, 1 - expected.Confidence, expected.Power);
            table.AddRow(Text.Count(n), found.TryGet(out var rate) ? Text.Percent(rate) : "nothing");
        }

        AnsiConsole.Write(table);
        return ExitCodes.Done;
    }

    /// <summary>What so many prompts would cost at the price of those that were asked.</summary>
    private static void ShowCost(long prompts, FinishedRun? run)
    {
        if (run?.Metrics.Analysis.Plan?.Cost is not { } cost)
        {
            return;
        }

        var beside = cost.Beside is null ? "" : $", and {cost.Beside} on top";
        Text.Write(cost.PerPromptUsd is { } usd
            ? $"Cost: {Dollars.Text(usd * prompts)} at {Dollars.Text(usd)} a prompt as in run {run.Id} (prices {cost.Prices}){beside}."
            : $"Cost: not known ({cost.Unknown}).");
    }

    private static long Prompts(double detect, Expected expected) =>
        (long)Math.Ceiling(Math.Ceiling(SampleSize.ForWinRate(detect, 0.5, 1 - expected.Confidence, expected.Power).Value) / expected.Decisive * expected.Effect);

    private sealed record Expected(double Detect, double Power, double Confidence, double Decisive, double Effect);
}
