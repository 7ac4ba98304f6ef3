using System.Globalization;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Html;
using NovaJudge.Reports.Html.Sections;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.History;

/// <summary><c>index.html</c> at the root of a store: all suites and their runs, the score over time, two runs side by side.</summary>
public static class HistoryPage
{
    /// <summary>Name of the file; its links are relative to the folder that holds <c>runs/</c>.</summary>
    public const string FileName = "index.html";

    private const int MostRuns = 500;

    private const int MostUnreadable = 20;

    /// <summary>The page for these runs, in any order; the same runs give the same page, whenever they finished.</summary>
    /// <param name="runs">The runs of all suites.</param>
    /// <param name="unreadable">What to say of entries of the history that cannot be read; one sentence each.</param>
    public static string Render(IEnumerable<RunSummary> runs, params IReadOnlyList<string> unreadable)
    {
        RunSummary[][] suites =
        [
            .. runs.GroupBy(run => run.Suite, StringComparer.Ordinal)
                .Select(suite => suite.OrderBy(run => run.CreatedAt).ThenBy(run => run.RunId.Value, StringComparer.Ordinal).ToArray())
                .OrderByDescending(suite => suite[^1].CreatedAt).ThenBy(suite => suite[0].Suite, StringComparer.Ordinal),
        ];
        var html = new HtmlWriter();
        PageShell.Open(html, "Evaluation runs", PageAssets.History);
        html.Write($"""
            <body>
            <a class="skip" href="#main">Skip to the suites</a>
            <main id="main">
            <h1>Evaluation runs</h1>
            <p class="muted">{Numerals.Of(suites.Sum(suite => suite.Length), "run")} in {Numerals.Of(suites.Length, "suite")}. Runs of one suite ask the same and are compared with each other.</p>
            """);
        Unreadable(html, unreadable);
        if (suites.Length == 0)
        {
            html.Write($"""<p class="card">No run has finished yet. Start one with <code>./nova run</code>.</p>""");
        }

        if (suites.Length > 2)
        {
            html.Write($"""<nav class="suites" aria-label="Suites">{Markup.Concat(suites.Select((runs, index) => HtmlWriter.Of($"""<a href="#suite-{index}"><bdi>{runs[^1].Suite}</bdi></a>""")))}</nav>""");
        }

        for (var index = 0; index < suites.Length; index++)
        {
            Suite(html, suites[index], index);
        }

        html.Write($"""
            </main>
            <script>{new Markup(PageAssets.History.Script)}</script>
            </body>
            </html>
            """);
        return html.ToString();
    }

    private static void Unreadable(HtmlWriter html, IReadOnlyList<string> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        html.Write($"""<div class="card"><h2>Left out of this page</h2><ul>""");
        foreach (var entry in entries.Take(MostUnreadable))
        {
            html.Write($"<li><bdi>{entry}</bdi></li>");
        }

        html.Write($"""</ul>{(entries.Count > MostUnreadable ? HtmlWriter.Of($"""<p class="muted small">and {Numerals.Count(entries.Count - MostUnreadable)} more</p>""") : Markup.None)}</div>""");
    }

    private static void Suite(HtmlWriter html, RunSummary[] runs, int number)
    {
        var (latest, points) = (runs[^1], TrendPoint.Series(runs));
        html.Write($"""
            <section class="card suite" aria-labelledby="suite-{number}">
            <h2 id="suite-{number}"><bdi>{latest.Suite}</bdi></h2>
            <p class="latest"><span class="pill {Words.Lean(latest.Verdict)}">{OutcomeWords.Run(latest.Verdict)}</span> <a href="{Link(latest)}"><bdi>{latest.Sentence}</bdi></a></p>
            """);
        if (runs.Length == 1)
        {
            html.Write($"""<p class="muted small">The only run of its suite so far; its score will stand beside those to come.</p>""");
        }
        else
        {
            html.Write($"""
                <div class="trend scroll" tabindex="0" role="region" aria-label="Score over time">{new Markup(TrendChart.Draw(points))}</div>
                <p class="muted small">{HistorySection.HowToRead}</p>
                """);
        }

        Compare(html, runs, number);
        html.Write($"""
            <div class="scroll runs" tabindex="0" role="region" aria-label="Runs"><table>
            <caption class="hidden">Runs of the suite, the latest first</caption>
            <thead><tr><th scope="col">Run</th><th scope="col">Asked for</th><th scope="col">Verdict</th><th scope="col" class="number">Score of B</th><th scope="col">Interval</th><th scope="col">In sequence</th><th scope="col">Gate</th><th scope="col" class="number">Cost</th></tr></thead>
            <tbody>
            """);
        foreach (var (run, _, sequence) in points.Reverse().Take(MostRuns))
        {
            html.Write($"""<tr><th scope="row"><a href="{Link(run)}">{run.RunId.Value}</a></th><td class="when">{Words.Time(run.CreatedAt)}</td><td><span class="pill {Words.Lean(run.Verdict)}">{OutcomeWords.Run(run.Verdict)}</span></td><td class="number">{Score(run)}</td><td class="when">{Interval(run)}</td><td class="when">{(sequence is { } held ? Range(held.Low, held.High) : "none")}</td><td><span class="pill {Words.Tone(run.Gate)}"><span aria-hidden="true">{Words.Sign(run.Gate)}</span> {OutcomeWords.Gate(run.Gate)}</span></td><td class="number">{Cost(run)}</td></tr>""");
        }

        html.Write($"""
            </tbody></table></div>
            {(runs.Length > MostRuns ? HtmlWriter.Of($"""<p class="muted small">{Numerals.Of(runs.Length - MostRuns, "older run")} not shown; they are in <code>history/</code>.</p>""") : Markup.None)}
            </section>
            """);
    }

    private static void Compare(HtmlWriter html, RunSummary[] runs, int number)
    {
        if (runs.Length < 2)
        {
            return;
        }

        html.Write($"""
            <details class="compare" hidden>
            <summary>Compare two runs</summary>
            <div class="choice">
            <label for="one-{number}">Compare</label>
            <select id="one-{number}" class="one">{Options(runs, runs.Length - 2, Data)}</select>
            <label for="other-{number}">with</label>
            <select id="other-{number}" class="other">{Options(runs, runs.Length - 1, _ => Markup.None)}</select>
            </div>
            <div class="scroll"><table>
            <caption class="hidden">The two runs side by side</caption>
            <thead><tr><th scope="col">&nbsp;</th><th scope="col" class="name"></th><th scope="col" class="name"></th></tr></thead>
            <tbody></tbody></table></div>
            <p class="difference" role="status"></p>
            <p class="muted small command"></p>
            </details>
            """);
    }

    private static Markup Options(RunSummary[] runs, int selected, Func<RunSummary, Markup> data) => Markup.Concat(runs
        .Select((run, index) => HtmlWriter.Of($"""<option value="{run.RunId.Value}"{(index == selected ? new Markup(" selected") : Markup.None)}{data(run)}>{run.RunId.Value}</option>"""))
        .TakeLast(MostRuns).Reverse());

    /// <summary>What the page's script puts side by side; it stands in the first of the two lists.</summary>
    private static Markup Data(RunSummary run)
    {
        var data = HtmlWriter.Of($""" data-when="{Words.Time(run.CreatedAt)}" data-verdict="{OutcomeWords.Run(run.Verdict)}" data-score="{Number(run.Score)}" data-low="{Number(Ends(run)?.Low)}" data-high="{Number(Ends(run)?.High)}" data-gate="{OutcomeWords.Gate(run.Gate)}" data-cost="{Cost(run)}" data-sentence="{run.Sentence}" data-report="{Link(run)}" """);
        if (run.Outcomes is { } outcomes)
        {
            data += HtmlWriter.Of($""" data-prompts="{Facts.CountOf(outcomes.Scored, outcomes.Total, "prompt")}" data-outcomes="{Numerals.Count(outcomes.A)} · {Numerals.Count(outcomes.Tie + outcomes.Inconsistent)} · {Numerals.Count(outcomes.B)}" """);
        }

        return run.Conditions is not { } conditions ? data : data + HtmlWriter.Of($""" data-judge="{conditions.Judge}" data-template="{conditions.Template}" data-source="{conditions.Data}" data-opponent="{conditions.Opponent}" data-decoding="{conditions.OpponentDecoding}" """);
    }

    private static string Link(RunSummary run) => $"runs/{run.RunId}/report/{ReportFiles.Page}";

    private static string Score(RunSummary run) => run.Score is { } score && double.IsFinite(score) ? Numerals.Percent(score) : "none";

    private static string Interval(RunSummary run) => Ends(run) is var (low, high) ? Range(low, high) : "none";

    private static string Range(double low, double high) => $"{Numerals.Percent(low)} to {Numerals.Percent(high)}";

    private static (double Low, double High)? Ends(RunSummary run) =>
        run.Interval is [var low, var high] && double.IsFinite(low) && double.IsFinite(high) ? (low, high) : null;

    private static string Cost(RunSummary run) => run.CostUsd is { } cost && double.IsFinite(cost) ? Words.Dollars(cost) : "unknown";

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";
}
