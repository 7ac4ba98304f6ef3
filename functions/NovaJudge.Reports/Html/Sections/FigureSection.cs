namespace NovaJudge.Reports.Html.Sections;

/// <summary>The six panels, live: one drawing each, so that they fold into the width there is; where a panel gets little of it, one that was laid out for that.</summary>
internal static class FigureSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        html.Write($"""
            <section id="figure" aria-labelledby="figure-heading">
            <h2 id="figure-heading">The run in six panels</h2>
            <p class="hidden">{inputs.Figure.AlternativeText}</p>
            <p class="lead">Prompts are counted once, by our own analysis; passes are the judge's own counts, two for each prompt it saw.</p>
            <div class="figure">
            """);
        foreach (var (wide, narrow) in inputs.Figure.InlinePanels())
        {
            html.Write($"""<div class="panel"><div class="wide">{new Markup(wide)}</div><div class="narrow">{new Markup(narrow)}</div></div>""");
        }

        html.Write($"""
            </div>
            <p class="figure-files small muted">For slides and papers: <a href="figure.png">figure.png</a>, <a href="figure.svg">figure.svg</a>; on dark ground <a href="figure-dark.png">figure-dark.png</a>, <a href="figure-dark.svg">figure-dark.svg</a>.</p>
            </section>
            """);
    }
}
