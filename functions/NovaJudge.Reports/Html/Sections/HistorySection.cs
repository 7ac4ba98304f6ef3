using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.History;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The suite's runs up to this one, and whether B became worse.</summary>
internal static class HistorySection
{
    /// <summary>How to read the chart, on every page that has one.</summary>
    public const string HowToRead =
        "Line: the run's own interval. Band: the suite's confidence sequence; all bands hold at once with 95% confidence, however often one looks. Two runs whose bands do not meet differ.";

    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        IReadOnlyList<RunSummary> runs = [.. inputs.Earlier, ThisRun(inputs.Metrics)];
        html.Write($"""
            <section id="history" aria-labelledby="history-heading">
            <h2 id="history-heading">Over time</h2>
            <p class="lead">{(runs.Count == 1 ? "This is the first run of its suite; the next one will stand beside it." : $"The score of B in the suite's last {Numerals.Of(runs.Count, "run")}.")}</p>
            <div class="card">
            {Regression(inputs.Metrics.Regression)}
            """);
        if (runs.Count > 1)
        {
            html.Write($"""
                <div class="trend scroll" tabindex="0" role="region" aria-label="Score over time">{new Markup(TrendChart.Draw(TrendPoint.Series(runs, inputs.EarlierStill)))}</div>
                <p class="muted small">{HowToRead}</p>
                """);
        }

        html.Write($"""
            </div>
            </section>
            """);
    }

    private static Markup Regression(RegressionMetrics? regression)
    {
        var (tone, sign, words) = regression?.State switch
        {
            RegressionState.Regression => ("bad", "✗", "B got worse than its baseline"),
            RegressionState.NoRegression => ("good", "✓", "No sign that B got worse than its baseline"),
            _ => ("neutral", "–", "Not checked against a baseline"),
        };
        var against = regression?.Baseline is { } baseline ? HtmlWriter.Of($""" <span class="muted small">baseline <code>{baseline.Value}</code>{(regression.Mode is { } mode ? $", {Words.Mode(mode)}" : "")}</span>""") : Markup.None;
        var because = regression is null ? Markup.None : HtmlWriter.Of($"""<p class="muted small"><bdi>{regression.Because}</bdi></p>""");
        return HtmlWriter.Of($"""<p><span class="pill {tone}"><span aria-hidden="true">{sign}</span> {words}</span>{against}</p>{because}""");
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
        Outcomes = metrics.Outcomes,
        Clusters = metrics.Analysis.Clusters,
    };
}
