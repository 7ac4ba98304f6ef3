using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The verdict in one sentence, how sure it is, and what to know before trusting it.</summary>
internal static class VerdictSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var metrics = inputs.Metrics;
        html.Write($"""
            <section class="verdict" aria-labelledby="verdict">
            <p class="pills">
            <span class="pill {Words.Lean(metrics.Verdict.Outcome)}">{OutcomeWords.Run(metrics.Verdict.Outcome)}</span>
            <span class="pill {Words.Tone(metrics.Gate.Status)}"><span aria-hidden="true">{Words.Sign(metrics.Gate.Status)}</span> Gate {OutcomeWords.Gate(metrics.Gate.Status)}</span>
            <span class="pill">{Words.Time(metrics.CreatedAt)}</span>
            </p>
            <h1 id="verdict"><bdi>{Sentence(metrics)}</bdi></h1>
            <p class="reason"><bdi>{Words.GlueP(OutcomeWords.Why(metrics.Verdict))}</bdi></p>
            <div class="models">
            {Model("a", "baseline", metrics.Models.A)}
            {Model("b", "challenger", metrics.Models.B)}
            </div>
            <dl class="tiles">
            {Tiles(new FigureData(metrics))}
            </dl>
            """);
        Notes(html, metrics);
        Checks(html, metrics.Gate);
        html.Write($"</section>");
    }

    /// <summary>Names of an ordinary length do not break over two lines.</summary>
    private static string Sentence(RunMetrics metrics) => new[] { metrics.Models.A.Name, metrics.Models.B.Name }
        .Where(name => name.Length is > 0 and < 32)
        .Aggregate(metrics.Verdict.Sentence, (sentence, name) => sentence.Replace(name, FigureText.Glue(name), StringComparison.Ordinal));

    private static Markup Model(string slot, string role, ModelDescription model)
    {
        var label = model.Label is { Length: > 0 } shown ? HtmlWriter.Of($"""<span class="pill"><bdi>{shown}</bdi></span>""") : Markup.None;
        var spec = model.Model != model.Name ? HtmlWriter.Of($"""<span class="muted small"><bdi>{model.Model}</bdi></span>""") : Markup.None;
        return HtmlWriter.Of($"""<div><span class="letter {slot}">{slot.ToUpperInvariant()}</span><bdi>{model.Name}</bdi>{label}<span class="muted small">{role}</span>{spec}</div>""");
    }

    private static Markup Tiles(FigureData data)
    {
        var outcomes = data.Outcomes;
        var analysis = data.Metrics.Analysis;
        return Tile(
                "Score of B", data.Score is { } score ? Numerals.Percent(score.Value) : "none",
                data.Score is { } s ? $"{AlternativeText.Level(s)} interval {Words.Range(s)}" : "no prompt has a verdict")
            + Tile(
                "Win rate of B", data.WinRate is { } rate ? Numerals.Percent(rate.Value) : "none",
                data.WinRate is { } r ? $"of {Numerals.Of(r.N, "decisive prompt")}, {Words.Range(r)}" : "no prompt was decisive")
            + Tile(
                "Sign test", analysis.SignTest is { } test ? Words.P(test.P) : "none",
                analysis.SignTest is { } t ? $"B won {Numerals.Count(t.B)}, A won {Numerals.Count(t.A)}" : "nothing to test")
            + Tile("Prompts with a verdict", Numerals.Count(outcomes.Scored), $"of {Numerals.Count(outcomes.Total)}; {Numerals.Percent(outcomes.ErrorRate)} without")
            + Tile(
                "Position consistency", analysis.Position is { Applicable: true, Consistency: { } share } ? Numerals.Percent(share) : analysis.Position.Applicable ? "none" : "not applicable",
                analysis.Position.Note ?? analysis.Position switch
                {
                    { Applicable: false } => "",
                    { N: 0 } => "no prompt has two readable passes",
                    var position => $"{Numerals.Count(position.Consistent)} of {Numerals.Of(position.N, "prompt")}: same verdict with the answers swapped",
                });
    }

    private static Markup Tile(string label, string value, string below) =>
        HtmlWriter.Of($"""<div class="tile"><dt>{label}</dt><dd>{value}</dd><dd>{below}</dd></div>""") + new Markup("\n");

    private static void Notes(HtmlWriter html, RunMetrics metrics)
    {
        List<string> notes = [.. metrics.Judge.Disclaimer is { Length: > 0 } disclaimer ? [disclaimer] : Array.Empty<string>(), .. metrics.Warnings];
        if (notes.Count == 0)
        {
            return;
        }

        html.Write($"""<ul class="notes" aria-label="Read with care">""");
        foreach (var note in notes)
        {
            html.Write($"<li><bdi>{note}</bdi></li>");
        }

        html.Write($"</ul>");
    }

    private static void Checks(HtmlWriter html, GateMetrics gate)
    {
        if (gate.Checks.Count == 0)
        {
            return;
        }

        html.Write($"""<ul class="notes checks" aria-label="Checks of the gate">""");
        foreach (var check in gate.Checks)
        {
            html.Write($"""<li><strong class="{Words.Tone(check.Status)}"><span aria-hidden="true">{Words.Sign(check.Status)}</span> Gate, <bdi>{check.Name}</bdi>: {OutcomeWords.Gate(check.Status)}.</strong> <bdi>{check.Message}</bdi></li>""");
        }

        html.Write($"</ul>");
    }
}
