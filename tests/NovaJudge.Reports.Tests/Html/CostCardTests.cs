using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.Html.Sections;

namespace NovaJudge.Reports.Tests.Html;

public sealed class CostCardTests
{
    [Fact]
    public void Tokens_have_their_price_and_the_version_of_the_table_is_named()
    {
        var html = CostCard.Of(Ledger(Called("a", 1.25), Called("b", 0.0042))).Html;

        html.ShouldContain("$1.25");
        html.ShouldContain("$0.0042");
        html.ShouldContain("Together</th><td class=\"number\">$1.25");
        html.ShouldContain("Prices of <bdi>2026-11-01</bdi>");
    }

    [Fact]
    public void What_time_decides_is_left_to_the_telemetry()
    {
        var slow = Ledger(Called("a", 3.5) with { Price = new PriceUsed(null, null, 1.41, "s", "d"), Latency = new LatencyPercentiles(812, 900, 1000, 1100, 9) }, Job(77_777, 4.44));
        var quick = Ledger(Called("a", 2.5) with { Price = new PriceUsed(null, null, 1.41, "s", "d"), Latency = new LatencyPercentiles(12, 13, 14, 15, 9), Attempts = 12, Throttled = 3 }, Job(3, 0.01));

        CostCard.Of(slow).Html.ShouldBe(CostCard.Of(quick).Html, "equal runs are equal bytes");
        CostCard.Of(slow).Html.ShouldContain("by the hour");
    }

    [Fact]
    public void What_is_not_known_is_never_nothing()
    {
        var html = CostCard.Of(Ledger(Called("a", 1), Called("b", null))).Html;

        html.ShouldContain("unknown");
        html.ShouldContain("at least $1.00");
    }

    [Theory]
    [InlineData("local")]
    [InlineData("replayed")]
    [InlineData("supplied")]
    public void What_costs_nothing_says_why(string because)
    {
        CostCard.Of(Ledger(Called("a", 0) with { Because = because })).Html.ShouldContain($"none ({because})");
    }

    [Fact]
    public async Task The_page_has_the_card_when_books_were_kept_and_hostile_names_stay_text()
    {
        var run = SampleRun.Of(3);
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        run.Text("report.html").ShouldNotContain("Cost of the tokens");

        var ledger = Ledger([.. HostileText.All.Select(text => Called("a", 1) with { Name = text, Because = text })]) with { Prices = HostileText.All[0] };
        run.Put(run.Keys.Ledger, [ledger]);
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);

        run.Text("report.html").ShouldContain("Cost of the tokens");
        run.Text("report.html").ShouldNotContain("<img");
        run.Text("report.html").ShouldNotContain("<script>window");
    }

    private static RunLedger Ledger(params IReadOnlyList<LedgerEntry> entries) => new()
    {
        RunId = RunId.Parse("run"),
        Prompts = 9,
        Prices = "2026-11-01",
        Entries = entries,
        Notes = [],
        Total = new LedgerTotal(9, 0, 9, 0, 900, 90, 0, null),
    };

    private static LedgerEntry Called(string purpose, double? dollars) => new()
    {
        Purpose = purpose,
        Name = "Model",
        Model = "bedrock:model",
        Kind = LedgerKind.Called,
        Calls = 9,
        Failed = 0,
        Attempts = 9,
        Throttled = 0,
        Untimed = 0,
        Cached = 0,
        InputTokens = 900,
        OutputTokens = 90,
        EstimatedAnswers = 0,
        Price = new PriceUsed(3, 15, null, "source", "2026-11-01"),
        Usd = dollars,
    };

    private static LedgerEntry Job(long seconds, double dollars) => Called("judge", dollars) with
    {
        Kind = LedgerKind.Job,
        InputTokens = 0,
        OutputTokens = 0,
        Job = new JobSeconds(1, seconds, "ml.g5.12xlarge", "us-east-1"),
        Price = new PriceUsed(null, null, 7.09, "source", "2026-11-01"),
    };
}
