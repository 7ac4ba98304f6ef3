using System.Globalization;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The outcomes by category.</summary>
internal static class SliceSection
{
    private const int MostSlices = 40;

    /// <summary>Fewer scored prompts than this say nothing about a slice.</summary>
    private const int FewestPrompts = 20;

    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var slices = inputs.Tally.Slices;
        if (slices.Count == 0)
        {
            return;
        }

        html.Write($"""
            <section id="slices" aria-labelledby="slices-heading">
            <h2 id="slices-heading">By category</h2>
            <p class="lead">Counts, not verdicts: many slices make chance finds likely. The score is given from {FewestPrompts} scored prompts.</p>
            <div class="card scroll" tabindex="0" role="region" aria-label="Outcomes by category"><table>
            <caption class="hidden">Outcomes by category</caption>
            <thead><tr><th scope="col">Category</th><th scope="col" class="number">Prompts</th><th scope="col">Share: A won, tie or inconsistent, B won</th><th scope="col" class="number">A won</th><th scope="col" class="number">B won</th><th scope="col" class="number">Even</th><th scope="col" class="number">No verdict</th><th scope="col" class="number">Score of B</th></tr></thead>
            <tbody>
            """);
        foreach (var slice in slices.Take(MostSlices))
        {
            Row(html, slice);
        }

        html.Write($"</tbody></table></div>");
        if (slices.Count > MostSlices)
        {
            html.Write($"""<p class="muted small">{Numerals.Count(slices.Count - MostSlices)} smaller categories are not shown; filter the records or open verdicts.csv.</p>""");
        }

        html.Write($"</section>");
    }

    private static void Row(HtmlWriter html, SliceTally slice)
    {
        var (a, b) = (slice[PromptOutcome.A], slice[PromptOutcome.B]);
        var even = slice[PromptOutcome.Tie] + slice[PromptOutcome.Inconsistent];
        var score = slice switch
        {
            { Scored: < FewestPrompts } => HtmlWriter.Of($"""<span class="muted">too few</span>"""),
            { Score: { } known } => HtmlWriter.Of($"{Numerals.Percent(known)}"),
            _ => HtmlWriter.Of($"none"),
        };
        var name = slice.Name.Length == 0 ? HtmlWriter.Of($"""<span class="muted">(none)</span>""") : HtmlWriter.Of($"<bdi>{slice.Name}</bdi>");
        html.Write($"""<tr><th scope="row" class="text">{name}</th><td class="number">{Numerals.Count(slice.Total)}</td><td><div class="share" aria-hidden="true">{Bar(a, even, b)}</div></td><td class="number">{Numerals.Count(a)}</td><td class="number">{Numerals.Count(b)}</td><td class="number">{Numerals.Count(even)}</td><td class="number">{Numerals.Count(slice.Total - slice.Scored)}</td><td class="number">{score}</td></tr>""");
    }

    private static Markup Bar(int a, int even, int b)
    {
        var whole = a + even + b;
        if (whole == 0)
        {
            return Markup.None;
        }

        static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        var (toEven, toB) = (100d * a / whole, 100d * (a + even) / whole);
        return HtmlWriter.Of($"""<svg viewBox="0 0 100 14" preserveAspectRatio="none"><rect class="f-a" width="{Number(toEven)}" height="14"/><rect class="f-tie" x="{Number(toEven)}" width="{Number(toB - toEven)}" height="14"/><rect class="f-b" x="{Number(toB)}" width="{Number(100 - toB)}" height="14"/></svg>""");
    }
}
