namespace NovaJudge.Reports.Html.Sections;

/// <summary>What was asked, and how to ask it again.</summary>
internal static class RequestSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var (metrics, data) = (inputs.Metrics, inputs.Metrics.Dataset);
        html.Write($"""
            <section id="request" aria-labelledby="request-heading">
            <h2 id="request-heading">The request, and how to repeat the run</h2>
            <div class="grid repeat">
            <div class="card">
            <h3>Repeat it</h3>
            <p>Save the request as <code>request.json</code>, then:</p>
            <pre tabindex="0">./nova run --request request.json</pre>
            <h3>Data</h3>
            <dl class="facts">
            <dt>Source</dt><dd><bdi>{data.Source}</bdi> ({data.Format})</dd>
            <dt>Records</dt><dd>{Figures.Numerals.Count(data.Records)}{(data.UnanswerableLeftOut > 0 ? $", and {Figures.Numerals.Of(data.UnanswerableLeftOut, "unanswerable question")} left out" : "")}</dd>
            <dt>Sample</dt><dd>{Figures.Numerals.Of(data.Sampled, "prompt")}, {data.SampleMethod.ToString().ToLowerInvariant()}, seed {data.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}</dd>
            <dt>Clusters</dt><dd>{Figures.Numerals.Count(metrics.Analysis.Clusters.Count)}{(metrics.Analysis.Clusters.Withheld is { Length: > 0 } withheld ? $": {withheld}" : "")}</dd>
            <dt>Judge job</dt><dd><bdi>{metrics.Judge.JobName ?? "none"}</bdi></dd>
            </dl>
            </div>
            <div class="card">
            <h3>request.json</h3>
            {(inputs.Request is { } request ? HtmlWriter.Of($"""<pre tabindex="0">{request}</pre>""") : HtmlWriter.Of($"""<p class="muted">This run has no stored request.</p>"""))}
            </div>
            </div>
            </section>
            """);
    }
}
