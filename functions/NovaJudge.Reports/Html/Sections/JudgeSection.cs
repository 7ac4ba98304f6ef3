using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>What could bias the judge: the place of an answer, its length; and the judge's own numbers.</summary>
internal static class JudgeSection
{
    private static readonly PassVerdict[] Order = [PassVerdict.A, PassVerdict.B, PassVerdict.Tie, PassVerdict.Unreadable];

    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var (metrics, tally) = (inputs.Metrics, inputs.Tally);
        html.Write($"""
            <section id="judge" aria-labelledby="judge-heading">
            <h2 id="judge-heading">Can the judge be trusted?</h2>
            <p class="lead"><bdi>{metrics.Judge.Name}</bdi> (<bdi>{metrics.Judge.Kind}</bdi>) {(metrics.Analysis.Position.Applicable ? "read every pair twice, once with each answer first. A fair judge says the same both times." : "scored every pair.")}</p>
            <div class="grid">
            """);
        Position(html, metrics.Analysis.Position, tally);
        Lengths(html, tally);
        Reported(html, metrics.Nova);
        html.Write($"""
            </div>
            </section>
            """);
    }

    private static void Position(HtmlWriter html, PositionMetrics position, RecordTally tally)
    {
        html.Write($"""
            <div class="card">
            <h3>Place of the answers</h3>
            """);
        if (!position.Applicable)
        {
            html.Write($"""<p class="muted">Not applicable. <bdi>{position.Note}</bdi></p></div>""");
            return;
        }

        html.Write($"""
            <p class="muted small">{(position.Consistency is { } share ? $"{Numerals.Percent(share)} of {Numerals.Of(position.N, "prompt")} got the same verdict both times." : "No prompt has two readable passes.")} {position.Note}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Verdicts of both passes"><table class="matrix">
            <caption class="hidden">Prompts by what the judge said with A first, and with B first</caption>
            <thead><tr><th scope="col">A first ↓ B first →</th>{Cells(Order, verdict => HtmlWriter.Of($"""<th scope="col" class="number">{OutcomeWords.Label(verdict)}</th>"""))}</tr></thead>
            <tbody>
            """);
        foreach (var forward in Order)
        {
            html.Write($"""<tr><th scope="row">{OutcomeWords.Label(forward)}</th>{Cells(Order, backward => HtmlWriter.Of($"""<td class="number">{Numerals.Count(tally.Passes(forward, backward))}</td>"""))}</tr>""");
        }

        var (first, second) = (tally.Passes(PassVerdict.A, PassVerdict.B), tally.Passes(PassVerdict.B, PassVerdict.A));
        html.Write($"""
            </tbody></table></div>
            <p class="small">When the verdict turned with the order, the answer in first place won {Numerals.Of(first, "time")} and the one in second place {Numerals.Of(second, "time")}.</p>
            </div>
            """);
    }

    private static void Lengths(HtmlWriter html, RecordTally tally) => html.Write($"""
        <div class="card">
        <h3>Length of the answers</h3>
        <p class="muted small">{(tally.LengthComparable > 0 ? $"The longer answer won {Numerals.Percent(Numerals.Share(tally.LongerWon, tally.LengthComparable))} of {Numerals.Of(tally.LengthComparable, "decisive prompt")} with answers of different length." : "No decisive prompt has answers of different length.")} Counts only: longer answers may also be better ones.</p>
        <table>
        <caption class="hidden">Mean length of answers</caption>
        <tbody>
        <tr><th scope="row">A, mean length</th><td class="number">{Mean(tally.LengthsA)}</td></tr>
        <tr><th scope="row">B, mean length</th><td class="number">{Mean(tally.LengthsB)}</td></tr>
        <tr><th scope="row">Longer answer won</th><td class="number">{Numerals.Count(tally.LongerWon)}</td></tr>
        <tr><th scope="row">Shorter answer won</th><td class="number">{Numerals.Count(tally.LengthComparable - tally.LongerWon)}</td></tr>
        </tbody></table>
        </div>
        """);

    private static void Reported(HtmlWriter html, NovaMetrics nova) => html.Write($"""
        <div class="card">
        <h3>The judge's own numbers</h3>
        <p class="muted small">As reported, over passes; our analysis does not use its intervals. <bdi>{nova.Note}</bdi></p>
        <table>
        <caption class="hidden">Numbers as the judge reported them</caption>
        <tbody>
        {Reported("a_scores", nova.AScores, nova.AScoresStderr)}
        {Reported("b_scores", nova.BScores, nova.BScoresStderr)}
        {Reported("ties", nova.Ties, nova.TiesStderr)}
        {Reported("inference_error", nova.InferenceError, nova.InferenceErrorStderr)}
        {Reported("winrate", nova.WinRate, null)}
        {Reported("lower_rate", nova.LowerRate, null)}
        {Reported("upper_rate", nova.UpperRate, null)}
        </tbody></table>
        </div>
        """);

    private static Markup Reported(string name, double? value, double? error)
    {
        static string Number(double number) => number.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
        var below = error is { } given ? HtmlWriter.Of($""" <span class="muted">± {Number(given)}</span>""") : Markup.None;
        return HtmlWriter.Of($"""<tr><th scope="row"><code>{name}</code></th><td class="number">{(value is { } shown ? Number(shown) : "none")}{below}</td></tr>""");
    }

    private static string Mean(AnswerLengths lengths) => lengths.Mean is { } mean ? $"{Numerals.Count(Math.Round(mean))} characters" : "none";

    private static Markup Cells(IEnumerable<PassVerdict> verdicts, Func<PassVerdict, Markup> cell) =>
        Markup.Concat(verdicts.Select(cell));
}
