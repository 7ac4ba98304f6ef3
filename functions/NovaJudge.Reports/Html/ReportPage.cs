using System.Text;
using NovaJudge.Reports.Html.Sections;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html;

/// <summary><c>report.html</c>: one file with everything in it, which opens from a disk, a share or S3 and asks the network for nothing.</summary>
internal static class ReportPage
{
    public static async Task WriteAsync(ReportInputs inputs, IAsyncEnumerable<RunRecord> records, Stream output, CancellationToken cancellationToken)
    {
        var html = new HtmlWriter();
        Head(html, inputs);
        html.Write($"""<main id="main">""");
        VerdictSection.Write(html, inputs);
        FigureSection.Write(html, inputs);
        CertaintySection.Write(html, inputs);
        ExplorerSection.Write(html, inputs);
        JudgeSection.Write(html, inputs);
        SliceSection.Write(html, inputs);
        GenerationSection.Write(html, inputs);
        HistorySection.Write(html, inputs);
        RequestSection.Write(html, inputs);
        html.Write($"</main>");
        Foot(html, inputs);
        await WriteAsync(output, html.ToString(), cancellationToken);

        using (var blocks = new RecordBlocks(output))
        {
            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                await blocks.AddAsync(record, cancellationToken);
            }

            await blocks.FinishAsync(cancellationToken);
        }

        await WriteAsync(output, $"<script>{PageAssets.Report.Script}</script>\n</body>\n</html>\n", cancellationToken);
    }

    private static void Head(HtmlWriter html, ReportInputs inputs)
    {
        var metrics = inputs.Metrics;
        PageShell.Open(html, $"{metrics.Verdict.Sentence} · {metrics.Suite}", PageAssets.Report);
        html.Write($"""
            <body>
            <a class="skip" href="#main">Skip to the verdict</a>
            <header class="top"><div class="bar">
            <span class="name"><bdi>{metrics.Suite}</bdi></span>
            <nav aria-label="Sections"><ul>
            <li><a href="#figure">Figure</a></li>
            <li><a href="#certainty">Certainty</a></li>
            <li><a href="#records">Records</a></li>
            <li><a href="#judge">Judge</a></li>
            {Link(inputs.Metrics.Analysis.Slices is not null, "slices", "Slices")}
            <li><a href="#generation">Answers</a></li>
            <li><a href="#history">History</a></li>
            <li><a href="#request">Request</a></li>
            </ul></nav>
            </div></header>
            """);
    }

    private static Markup Link(bool shown, string id, string label) =>
        shown ? HtmlWriter.Of($"""<li><a href="#{id}">{label}</a></li>""") : Markup.None;

    private static void Foot(HtmlWriter html, ReportInputs inputs) => html.Write($"""
        <footer>
        <p>Run <code>{inputs.Metrics.RunId.Value}</code> of suite <bdi>{inputs.Metrics.Suite}</bdi>, asked for on {Words.Time(inputs.Metrics.CreatedAt)}. Beside this file: <a href="figure.png">figure.png</a>, <a href="figure.svg">figure.svg</a>, <a href="verdicts.csv">verdicts.csv</a>, <a href="summary.md">summary.md</a>, <a href="junit.xml">junit.xml</a>.</p>
        </footer>
        """);

    private static ValueTask WriteAsync(Stream output, string text, CancellationToken cancellationToken) =>
        output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
