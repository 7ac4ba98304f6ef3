using System.Text;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Tables;

/// <summary><c>summary.md</c>: the verdict for a comment on a pull request, far below GitHub's limit of 65,536 characters.</summary>
internal static class SummaryMarkdown
{
    private const int MostWarnings = 10;
    private const int MostChecks = 10;

    public static string Write(RunMetrics metrics)
    {
        var data = new FigureData(metrics);
        var text = new StringBuilder();
        text.Append($"### {Mark(metrics.Gate.Status)} {MarkdownText.Inline(metrics.Verdict.Sentence)}\n\n");
        text.Append("| | |\n|---|---|\n");
        Row(text, "Verdict", $"**{OutcomeWords.Run(metrics.Verdict.Outcome)}**. {MarkdownText.Inline(OutcomeWords.Why(metrics.Verdict))}");
        Row(text, "A (baseline)", Model(metrics.Models.A));
        Row(text, "B (challenger)", Model(metrics.Models.B));
        Row(text, "Score of B", data.Score is { } score
            ? $"**{Numerals.Percent(score.Value)}** ({AlternativeText.Level(score)} interval {Numerals.Percent(score.Low)} to {Numerals.Percent(score.High)}; 50% means no preference)"
            : "none: no prompt has a verdict");
        Row(text, "Prompts", Prompts(data));
        if (metrics.Analysis.SignTest is { } test)
        {
            Row(text, "Sign test", $"p {(test.P < 0.001 ? "&lt; 0.001" : "= " + Numerals.PValue(test.P))}");
        }

        Row(text, "Judge", $"{Judge(metrics.Judge)}. {MarkdownText.Inline(ExamWords.Of(metrics.Judge))}");
        Row(text, "Data", $"{MarkdownText.Inline(metrics.Dataset.Source)}, {Numerals.Of(metrics.Dataset.Sampled, "prompt")} of {Numerals.Count(metrics.Dataset.Records)}");
        text.Append("\n**Gate: ").Append(OutcomeWords.Gate(metrics.Gate.Status)).Append("**\n\n");
        foreach (var check in metrics.Gate.Checks.OrderByDescending(check => check.Status == GateStatus.Failed).Take(MostChecks))
        {
            text.Append($"- {Mark(check.Status)} {MarkdownText.Inline(check.Name)}, {OutcomeWords.Gate(check.Status)}: {MarkdownText.Inline(check.Message)}\n");
        }

        if (metrics.Warnings.Count > 0)
        {
            text.Append("\n**Read with care**\n\n");
            foreach (var warning in metrics.Warnings.Take(MostWarnings))
            {
                text.Append($"- {MarkdownText.Inline(warning)}\n");
            }

            if (metrics.Warnings.Count > MostWarnings)
            {
                text.Append($"- and {Numerals.Count(metrics.Warnings.Count - MostWarnings)} more in `report.html`\n");
            }
        }

        text.Append($"\nRun `{metrics.RunId}` of suite {MarkdownText.Inline(metrics.Suite)}. Beside this file: `report.html` (every answer and verdict), `figure.png`, `verdicts.csv`.\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string label, string value) => text.Append($"| {label} | {value} |\n");

    private static string Model(ModelDescription model)
    {
        var label = model.Label is { Length: > 0 } shown ? $" ({MarkdownText.Inline(shown)})" : "";
        return MarkdownText.Inline(model.Name) + label;
    }

    private static string Judge(JudgeDescription judge)
    {
        var disclaimer = judge.Disclaimer is { Length: > 0 } shown ? $": {MarkdownText.Inline(shown)}" : "";
        return MarkdownText.Inline(judge.Name) + disclaimer;
    }

    private static string Prompts(FigureData data)
    {
        var outcomes = data.Outcomes;
        return $"{Numerals.Count(outcomes.Total)}: B won {Numerals.Count(outcomes.B)}, A won {Numerals.Count(outcomes.A)}, {Numerals.Count(outcomes.Tie)} tied, "
            + $"{Numerals.Count(outcomes.Inconsistent)} inconsistent, {Numerals.Count(data.WithoutVerdict)} without verdict";
    }

    private static string Mark(GateStatus status) => status switch
    {
        GateStatus.Passed => "✅",
        GateStatus.Failed => "❌",
        _ => "➖",
    };
}
