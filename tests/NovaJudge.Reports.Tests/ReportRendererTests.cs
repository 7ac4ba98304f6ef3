namespace NovaJudge.Reports.Tests;

public sealed class ReportRendererTests
{
    [Fact]
    public async Task Every_report_file_lies_under_the_reports_prefix_in_the_order_a_person_would_open_them()
    {
        var run = SampleRun.Of(45);

        var names = await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);

        names.ShouldBe(["report.html", "figure.png", "figure.svg", "figure-dark.png", "figure-dark.svg", "summary.md", "verdicts.csv", "junit.xml"]);
        foreach (var name in names)
        {
            run.Store[run.Keys.Report(name)].ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Equal_runs_get_equal_files()
    {
        var (one, other) = (SampleRun.Of(45), SampleRun.Of(45));
        one.PutEarlier(7, 0.55);
        other.PutEarlier(7, 0.55);

        var names = await new ReportRenderer().RenderAsync(one.Metrics.RunId, one.Metrics, one.Store, TestContext.Current.CancellationToken);
        await new ReportRenderer().RenderAsync(other.Metrics.RunId, other.Metrics, other.Store, TestContext.Current.CancellationToken);

        foreach (var name in names)
        {
            other.Store[other.Keys.Report(name)].ShouldBe(one.Store[one.Keys.Report(name)], name);
        }
    }
}
