using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.History;

namespace NovaJudge.Reports.Tests.History;

public sealed class HistoryPageTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_suite_with_the_newest_run_comes_first_and_so_does_its_newest_run()
    {
        var page = HistoryPage.Render([Run("old-1", "old", 0, 0.5), Run("new-1", "new", 1, 0.5), Run("new-2", "new", 2, 0.6)]);

        Order(page, "suite-0\"><bdi>new", "runs/new-2/report/report.html", "runs/new-1/report/report.html", "suite-1\"><bdi>old", "runs/old-1/report/report.html");
    }

    [Fact]
    public void The_same_runs_give_the_same_page_in_any_order()
    {
        RunSummary[] runs = [Run("a", "s", 0, 0.5), Run("b", "s", 0, 0.6), Run("c", "t", 0, null)];

        HistoryPage.Render(runs.Reverse()).ShouldBe(HistoryPage.Render(runs));
    }

    [Fact]
    public void When_a_run_finished_changes_nothing()
    {
        var run = Run("a", "s", 0, 0.5);

        HistoryPage.Render([run with { FinishedAt = run.FinishedAt.AddHours(3) }]).ShouldBe(HistoryPage.Render([run]));
    }

    [Fact]
    public void No_run_at_all_says_how_to_start_one()
    {
        HistoryPage.Render([]).ShouldContain("./nova run");
    }

    [Fact]
    public void Hostile_sentences_stay_text()
    {
        var runs = HostileText.All.Select((text, number) => Run($"r{number}", "suite", number, 0.5) with { Sentence = text, Suite = text });

        var page = HistoryPage.Render(runs);

        page.ShouldNotContain("<script>window");
        page.ShouldNotContain("<img");
        page.Split("<section").Length.ShouldBe(HostileText.All.Distinct().Count() + 1);
    }

    [Fact]
    public void Ten_thousand_runs_leave_a_page_that_opens()
    {
        var runs = Enumerable.Range(0, 10_000).Select(number => Run($"r{number}", "suite", number / 1000d, 0.5));

        var page = HistoryPage.Render(runs);

        page.Length.ShouldBeLessThan(1_000_000);
        page.ShouldContain("9,500 older runs not shown");
    }

    [Fact]
    public async Task The_report_shows_earlier_runs_of_its_suite_and_no_later_one()
    {
        var run = SampleRun.Of(20);
        run.PutEarlier(7, 0.55);
        run.PutEarlier(14, 0.45);
        run.PutEarlier(-7, 0.99);

        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);

        run.Text("report.html").ShouldContain("Score of B over 3 runs: 45.0%, 55.0%,");
    }

    [Fact]
    public async Task A_broken_entry_of_the_history_is_named()
    {
        var run = SampleRun.Of(20);
        run.Store.Put(RunKeys.History(run.Metrics.Suite, Start, RunId.Parse("broken")), "{\"runId\":");

        var refusal = await Should.ThrowAsync<PipelineException>(() => new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken));

        refusal.ErrorName.ShouldBe(ErrorNames.StoreFailed);
        refusal.Message.ShouldContain("-broken.json is not the summary of a run");
    }

    [Theory]
    [InlineData("{\"runId\":")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"runId":"../x","suite":"s","createdAt":"2026-01-01T00:00:00Z","finishedAt":"2026-01-01T00:00:00Z","verdict":"a_better","sentence":"s","gate":"passed"}""")]
    [InlineData("""{"runId":"x","suite":null,"createdAt":"2026-01-01T00:00:00Z","finishedAt":"2026-01-01T00:00:00Z","verdict":"a_better","sentence":"s","gate":"passed"}""")]
    public async Task The_index_names_an_entry_that_cannot_be_read_and_shows_the_others(string broken)
    {
        var run = SampleRun.Of(3);
        run.PutEarlier(7, 0.55);
        run.Store.Put(RunKeys.History("another", Start, RunId.Parse("broken")), broken);

        await HistoryIndex.WriteAsync(run.Store, TestContext.Current.CancellationToken);

        var page = Encoding.UTF8.GetString(run.Store[ObjectKey.Parse(HistoryPage.FileName)]);
        page.ShouldContain("-broken.json is not the summary of a run");
        page.ShouldContain("runs/squad-qa-before-7/report/report.html");
        page.ShouldContain("1 run in 1 suite");
    }

    [Fact]
    public async Task A_run_that_ends_while_the_index_is_written_is_on_it()
    {
        var run = SampleRun.Of(3);
        run.PutEarlier(7, 0.55);
        var store = new Meanwhile(run.Store, () => run.PutEarlier(1, 0.6));

        await HistoryIndex.WriteAsync(store, TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(run.Store[ObjectKey.Parse(HistoryPage.FileName)]).ShouldContain("2 runs in 1 suite");
    }

    /// <summary>A store to which something happens before the first write.</summary>
    private sealed class Meanwhile(IObjectStore store, Action once) : IObjectStore
    {
        private Action? _once = once;

        public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) => store.OpenReadAsync(key, cancellationToken);

        public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) => store.OpenReadAsync(key, offset, length, cancellationToken);

        public Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken)
        {
            Interlocked.Exchange(ref _once, null)?.Invoke();
            return store.WriteAsync(key, write, condition, cancellationToken);
        }

        public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);
    }

    [Fact]
    public void The_trend_carries_the_suites_confidence_sequence_which_widens_with_every_look()
    {
        var runs = Enumerable.Range(0, 8).Select(number => Run($"r{number}", "s", number, 0.6)).ToArray();

        var series = TrendPoint.Series(runs);

        series[0].Sequence!.Value.Low.ShouldBeLessThan(0.6 - 0.06, "already the first look pays for the later ones");
        series.Select(point => point.Sequence!.Value.Width).ShouldBeInOrder(SortDirection.Ascending);
        HistoryPage.Render(runs).ShouldContain($"Confidence sequence at the last run: {100 * series[^1].Sequence!.Value.Low:0.0}% to");
    }

    [Fact]
    public void Runs_that_are_not_shown_are_looks_all_the_same()
    {
        RunSummary[] runs = [Run("a", "s", 0, 0.5), Run("b", "s", 1, 0.5), Run("c", "s", 2, 0.5)];

        TrendPoint.Series(runs[2..], before: 2)[0].ShouldBe(TrendPoint.Series(runs)[2]);
    }

    [Theory]
    [InlineData("without counts")]
    [InlineData("without clusters")]
    [InlineData("from the judge's totals")]
    [InlineData("without a score")]
    public void A_summary_that_does_not_tell_enough_has_no_part_in_the_sequence(string what)
    {
        var run = Run("a", "s", 0, 0.5);

        var point = TrendPoint.Series([what switch
        {
            "without counts" => run with { Outcomes = null },
            "without clusters" => run with { Clusters = null },
            "from the judge's totals" => run with { Score = 0.53 },
            _ => Run("a", "s", 0, null),
        }])[0];

        point.Sequence.ShouldBeNull();
        HistoryPage.Render([point.Run, point.Run]).ShouldNotContain("Confidence sequence at");
    }

    private static RunSummary Run(string id, string suite, double days, double? score) => SampleRun.Summary(id, suite, Start.AddDays(days), score);

    private static void Order(string page, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var next = page.IndexOf(part, at, StringComparison.Ordinal);
            next.ShouldBeGreaterThanOrEqualTo(at, part);
            at = next;
        }
    }
}
