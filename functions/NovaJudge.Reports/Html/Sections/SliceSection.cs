using System.Globalization;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The score by category, as the metrics have it.</summary>
internal static class SliceSection
{
    private const int MostSlices = 60;

    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        if (inputs.Metrics.Analysis.Slices is not { } slices)
        {
            return;
        }

        html.Write($"""
            <section id="slices" aria-labelledby="slices-heading">
            <h2 id="slices-heading">By category</h2>
            <p class="lead">{Lead(slices)}</p>
            """);
        if (slices.Shown.Count > 0)
        {
            html.Write($"""
                <div class="card scroll" tabindex="0" role="region" aria-label="Score by category"><table class="slices">
                <caption class="hidden">Score of B by category</caption>
                <thead><tr><th scope="col">Category</th><th scope="col" class="number">Prompts</th><th scope="col" class="number">Score of B</th><th scope="col">{AlternativeText.Level(slices.Shown[0].Score)} interval</th><th scope="col" class="bars">Share: A won, even, B won</th><th scope="col" class="number">A won</th><th scope="col" class="number">Even</th><th scope="col" class="number">B won</th><th scope="col" class="number">p, adjusted</th></tr></thead>
                <tbody>
                """);
            foreach (var slice in slices.Shown.Take(MostSlices))
            {
                html.Write($"""<tr><th scope="row" class="text">{(slice.Name.Length == 0 ? HtmlWriter.Of($"""<span class="muted">(none)</span>""") : Facts.Category(slice.Name))}</th><td class="number">{Numerals.Count(slice.N)}</td><td class="number">{Numerals.Percent(slice.Score.Value)}</td><td class="when">{Words.Range(slice.Score)}</td><td class="bars"><div class="share" aria-hidden="true">{Bar(slice.A, slice.Ties, slice.B)}</div></td><td class="number">{Numerals.Count(slice.A)}</td><td class="number">{Numerals.Count(slice.Ties)}</td><td class="number">{Numerals.Count(slice.B)}</td><td class="number">{Strong(slice)}</td></tr>""");
            }

            html.Write($"</tbody></table></div>");
        }

        Rest(html, slices);
        html.Write($"</section>");
    }

    private static string Lead(SlicesMetrics slices) => slices switch
    {
        { Shown.Count: 0 } => "No category has the 20 scored prompts that it takes to say something of it.",
        { Heterogeneity: { P: < 0.05 } differing } => $"The win rate differs between categories ({Words.P(differing.P)}), so one number for all of them hides something.",
        { Heterogeneity: { } alike } => $"No sign that the win rate differs between categories ({Words.P(alike.P)}): read single rows with that in mind.",
        _ => $"Whether categories differ was not tested: {slices.Withheld}.",
    };

    private static void Rest(HtmlWriter html, SlicesMetrics slices)
    {
        List<string> notes = [];
        if (slices.Shown.Count > 0)
        {
            notes.Add("p: exact sign test, after Holm's adjustment for the number of categories.");
        }

        if (slices.Heterogeneity is { SmallestExpected: < 5 })
        {
            notes.Add("Some categories are small for the test that they differ; its p is rough.");
        }

        if (slices.Shown.Count > MostSlices)
        {
            notes.Add($"{Numerals.Count(slices.Shown.Count - MostSlices)} more are in metrics.json.");
        }

        if (slices.TooSmall > 0)
        {
            notes.Add($"{Numerals.Of(slices.TooSmall, "category has", "categories have")} fewer than 20 scored prompts and {(slices.TooSmall == 1 ? "is" : "are")} not shown.");
        }

        html.Write($"""<p class="muted small after">{string.Join(' ', notes)}</p>""");
    }

    private static Markup Strong(SliceMetrics slice) => slice.AdjustedP < 0.05
        ? HtmlWriter.Of($"<strong>{Numerals.PValue(slice.AdjustedP)}</strong>")
        : HtmlWriter.Of($"{Numerals.PValue(slice.AdjustedP)}");

    private static Markup Bar(int a, int even, int b)
    {
        static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        var whole = Math.Max(1, a + even + b);
        var (toEven, toB) = (100d * a / whole, 100d * (a + even) / whole);
        return HtmlWriter.Of($"""<svg viewBox="0 0 100 14" preserveAspectRatio="none"><rect class="f-a" width="{Number(toEven)}" height="14"/><rect class="f-tie" x="{Number(toEven)}" width="{Number(toB - toEven)}" height="14"/><rect class="f-b" x="{Number(toB)}" width="{Number(100 - toB)}" height="14"/></svg>""");
    }
}
