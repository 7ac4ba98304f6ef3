namespace NovaJudge.Reports.Html.Sections;

/// <summary>The six panels, live: one drawing each, so that they fold into the width there is.</summary>
internal static class FigureSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        html.Write($"""
            <section id="figure" aria-labelledby="figure-heading">
            <h2 id="figure-heading">The run in six panels</h2>
            <p class="lead">Prompts are counted once, by our own analysis; passes are the judge's own counts, two for each prompt it saw.</p>
            <p class="hidden">{inputs.Figure.AlternativeText}</p>
            <div class="figure">
            """);
        foreach (var panel in inputs.Figure.InlinePanels())
        {
            html.Write(new Markup(panel));
        }

        html.Write($"""
            </div>
            <p class="figure-files small muted">For slides and papers: <a href="figure.png">figure.png</a>, <a href="figure.svg">figure.svg</a>.</p>
            </section>
            """);
    }
}
