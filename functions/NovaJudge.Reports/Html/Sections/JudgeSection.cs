using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
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
            <p id="judge-exam"><bdi>{ExamWords.Of(metrics.Judge)}</bdi></p>
            <div class="columns">
            """);
        Position(html, metrics.Analysis.Position, tally);
        Lengths(html, metrics.Analysis);
        Relatives(html, metrics.Analysis.Family);
        Answers(html, metrics.Analysis.Answers);
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
            <dl class="facts stacked">
            {(position.Consistency is { } share ? Facts.Fact("Same verdict in both orders", Numerals.Percent(share), Facts.CountOf(position.Consistent, position.N, "prompt")) : Facts.Fact("Same verdict in both orders", "unknown"))}
            {(position.FirstSlotRate is { } rate ? Facts.Fact("Won by the answer shown first", Numerals.Percent(rate), "of decisive passes; half when the judge ignores the order") : Markup.None)}
            {(position is { PrimacyFlips: { } first, RecencyFlips: { } second } ? Facts.Fact("Verdicts that turned with the order", $"{Numerals.Count(first)} to first, {Numerals.Count(second)} to second", position.FlipP is { } p ? $"exact sign test {Words.P(p)}" : null) : Markup.None)}
            </dl>
            <p class="muted small"><bdi>{position.Note}</bdi></p>
            {Matrix(tally)}
            </div>
            """);
    }

    /// <summary>What the passes said, counted from the records: what the metrics sum up.</summary>
    private static Markup Matrix(RecordTally tally)
    {
        if (tally.BothPasses == 0)
        {
            return Markup.None;
        }

        var rows = Order.Select(forward => HtmlWriter.Of(
            $"""<tr><th scope="row">{OutcomeWords.Label(forward)}</th>{Cells(Order, backward => HtmlWriter.Of($"""<td class="number{(forward == backward ? " same" : "")}">{Numerals.Count(tally.Passes(forward, backward))}</td>"""))}</tr>"""));
        return HtmlWriter.Of($"""<div class="scroll" tabindex="0" role="region" aria-label="Verdicts of both passes"><table class="matrix"><caption class="hidden">Prompts by what the judge said with A first, and with B first</caption><thead><tr><th scope="col">A first ↓ B first →</th>{Cells(Order, verdict => HtmlWriter.Of($"""<th scope="col" class="number">{OutcomeWords.Label(verdict)}</th>"""))}</tr></thead><tbody>{Markup.Concat(rows)}</tbody></table></div>""");
    }

    private static void Lengths(HtmlWriter html, AnalysisMetrics analysis)
    {
        html.Write($"""
            <div class="card">
            <h3>Length of the answers</h3>
            """);
        if (analysis.Length is not { } length)
        {
            html.Write($"""<p class="muted">Unknown: no judged answers to measure.</p></div>""");
            return;
        }

        html.Write($"""
            <dl class="facts stacked">
            {(length.LongerWins is { } longer ? Facts.Fact("Won by the longer answer", Numerals.Percent(longer.Value), $"of {Numerals.Of(longer.N, "decisive prompt")}, {Words.Range(longer)}{(length.LongerP is { } p ? $", {Words.P(p)}" : "")}") : Facts.Fact("Won by the longer answer", "unknown", "no decisive prompt has answers of different length"))}
            {(length.Controlled is { } controlled ? Facts.Fact("Score of B at equal length", Numerals.Percent(controlled.Value), $"{Words.Range(controlled)}{(length.MovesFar == true ? "; more than ten points from its score" : "")}") : Facts.Fact("Score of B at equal length", "not given", length.Withheld))}
            {Facts.Fact("Mean length, A and B", $"{Mean(length.MeanLengthA)} and {Mean(length.MeanLengthB)}", "characters")}
            </dl>
            <p class="muted small">It informs, it never decides: longer answers may also be better ones.</p>
            </div>
            """);
    }

    private static void Relatives(HtmlWriter html, FamilyMetrics? family)
    {
        var words = family?.Status switch
        {
            "unrelated" => "Unrelated",
            "unverified" => "Related: unverified",
            "notApplicable" => "Not applicable",
            _ => "Unknown",
        };
        html.Write($"""
            <div class="card">
            <h3>Judge and models of one family</h3>
            <p><span class="pill {(family?.Status == "unverified" ? "bad" : "neutral")}">{words}</span></p>
            <p class="muted small"><bdi>{family?.Note}</bdi></p>
            </div>
            """);
    }

    private static void Answers(HtmlWriter html, AnswersMetrics? answers)
    {
        if (answers is null)
        {
            return;
        }

        html.Write($"""
            <div class="card">
            <h3>Winning without answering</h3>
            <table>
            <caption class="hidden">Judged answers that look like attempts to win without answering</caption>
            <thead><tr><th scope="col">Judged answers</th><th scope="col" class="number">A</th><th scope="col" class="number">B</th></tr></thead>
            <tbody>
            <tr><th scope="row">Judged</th><td class="number">{Numerals.Count(answers.A.Judged)}</td><td class="number">{Numerals.Count(answers.B.Judged)}</td></tr>
            <tr><th scope="row">Empty</th><td class="number">{Numerals.Count(answers.A.Empty)}</td><td class="number">{Numerals.Count(answers.B.Empty)}</td></tr>
            <tr><th scope="row">Most frequent answer given</th><td class="number">{Times(answers.A)}</td><td class="number">{Times(answers.B)}</td></tr>
            <tr><th scope="row">Speak to the judge</th><td class="number">{Numerals.Count(answers.A.AddressJudge)}</td><td class="number">{Numerals.Count(answers.B.AddressJudge)}</td></tr>
            </tbody></table>
            {Example("A", answers.A)}{Example("B", answers.B)}
            </div>
            """);
    }

    private static string Times(SlotAnswers answers) => answers.MostFrequent == 1 ? "once" : $"{Numerals.Count(answers.MostFrequent)} times{(answers.Constant ? " (!)" : "")}";

    private static Markup Example(string slot, SlotAnswers answers) => answers.Example is { } example
        ? HtmlWriter.Of($"""<p class="small">{slot}: “<bdi>{example.Phrase}</bdi>” at record {Facts.Record(example.Id)}.</p>""")
        : Markup.None;

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

    private static string Mean(double? length) => length is { } mean ? Numerals.Count(Math.Round(mean)) : "none";

    private static Markup Cells(IEnumerable<PassVerdict> verdicts, Func<PassVerdict, Markup> cell) =>
        Markup.Concat(verdicts.Select(cell));
}
