using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.History;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The suite's runs up to this one.</summary>
internal static class HistorySection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        if (inputs.Earlier.Count == 0)
        {
            return;
        }

        IReadOnlyList<RunSummary> runs = [.. inputs.Earlier, ThisRun(inputs.Metrics)];
        html.Write($"""
            <section id="history" aria-labelledby="history-heading">
            <h2 id="history-heading">Over time</h2>
            <p class="lead">The score of B in the suite's last {Numerals.Of(runs.Count, "run")}, each with its own interval. Whether B got worse is for the gate's regression check to say: intervals that are looked at again and again find falls that are none.</p>
            <div class="card trend scroll" tabindex="0" role="region" aria-label="Score over time">{new Markup(TrendChart.Draw(runs))}</div>
            </section>
            """);
    }

    private static RunSummary ThisRun(RunMetrics metrics) => new()
    {
        RunId = metrics.RunId,
        Suite = metrics.Suite,
        CreatedAt = metrics.CreatedAt,
        FinishedAt = metrics.CreatedAt,
        Verdict = metrics.Verdict.Outcome,
        Sentence = metrics.Verdict.Sentence,
        Gate = metrics.Gate.Status,
        Score = metrics.Analysis.Score?.Value,
        Interval = metrics.Analysis.Score is { } score ? [score.Low, score.High] : null,
    };
}
