using System.Globalization;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;
using Spectre.Console;

namespace NovaJudge.Local.Commands.Rejudging;

/// <summary>The verdicts of two judges against each other, for people.</summary>
internal static class AgreementTable
{
    private static readonly string[] Verdicts = ["A", "B", "tie"];

    public static void Show(ComparedJudges compared, RunMetrics? first, RunMetrics second)
    {
        if (first is null || compared.Shared == 0)
        {
            Text.WriteNote($"The verdicts cannot be compared: {(first is null ? "the first run has none" : "no prompt has a verdict of both judges")}.");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{Markup.Escape(first.Judge.Name)} ↓  {Markup.Escape(second.Judge.Name)} →");
        foreach (var verdict in Verdicts)
        {
            table.AddColumn(new TableColumn(verdict).RightAligned());
        }

        for (var row = 0; row < Verdicts.Length; row++)
        {
            table.AddRow([Verdicts[row], .. compared.Table[row].Select(count => Text.Count(count))]);
        }

        AnsiConsole.Write(table);
        Text.WriteBold(Sentence(compared));
        Text.Write($"Before: {first.Verdict.Sentence}");
        Text.Write($"Now:    {second.Verdict.Sentence}");
        if (compared.OneOnly > 0)
        {
            Text.WriteNote($"{Text.Count(compared.OneOnly)} prompts have a verdict of one judge only and are left out of the comparison.");
        }
    }

    public static AgreementDocument Document(ComparedJudges compared) => new()
    {
        Shared = compared.Shared,
        Same = compared.Same,
        Opposed = compared.Opposed,
        OneOnly = compared.OneOnly,
        Table = compared.Table,
        Observed = compared.Shared == 0 ? null : (double)compared.Same / compared.Shared,
        Kappa = Kappa(compared).OrNull(),
        KappaInterval = KappaInterval(compared) is { } interval ? [interval.Low, interval.High] : null,
    };

    private static string Sentence(ComparedJudges compared)
    {
        var share = WilsonInterval.Of(compared.Same, compared.Shared);
        var kappa = Kappa(compared).TryGet(out var value)
            ? string.Create(CultureInfo.InvariantCulture, $"Cohen's kappa {value:0.00}{(KappaInterval(compared) is { } interval ? $" ({interval.Low:0.00} to {interval.High:0.00})" : "")}")
            : $"no kappa, since {Kappa(compared).WithheldBecause}";
        return $"The judges agree on {Text.Percent((double)compared.Same / compared.Shared)} of {Text.Count(compared.Shared)} prompts ({Text.Range(share.Low, share.High)}), {kappa}; "
            + $"on {Text.Count(compared.Opposed)} each lets another model win.";
    }

    private static Finding<double> Kappa(ComparedJudges compared) => compared.Agreement.TryGet(out var agreement)
        ? agreement.Kappa
        : Finding.Withheld<double>(compared.Agreement.WithheldBecause!);

    private static Interval? KappaInterval(ComparedJudges compared) =>
        compared.Agreement.TryGet(out var agreement) && agreement.KappaInterval().TryGet(out var interval) ? interval : null;
}
