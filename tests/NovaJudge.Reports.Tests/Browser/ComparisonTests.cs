using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Tests.Browser;

/// <summary>Two runs side by side on the page of all runs.</summary>
public sealed class ComparisonTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Two_runs_are_compared_with_an_interval_of_their_difference()
    {
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs());
        await history.Page.Locator("summary").First.ClickAsync();

        await history.Page.Locator("select.one").First.SelectOptionAsync("suite-run-2");
        await history.Page.Locator("select.other").First.SelectOptionAsync("suite-run-5");

        var text = await history.Page.Locator(".compare").First.InnerTextAsync();
        text.ShouldContain("42.0%");
        text.ShouldContain("45.0%");
        text.ShouldContain("200 of 206 prompts");
        text.ShouldContain("116 · 0 · 84");

        // Both intervals reach 6 points to each side: 3 -+ 6 times the root of 2.
        text.ShouldContain("The score moved by +3.0 points (−5.5 to +11.5): chance alone may explain it");
        text.ShouldContain("./nova compare suite-run-2 suite-run-5");
        history.Trouble.ShouldBeEmpty();
        history.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_move_beyond_chance_is_called_one()
    {
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs(), hash: "#compare=suite-run-29&with=suite-run-0");

        (await DifferenceAsync(history)).ShouldStartWith("The score moved by −29.0 points (−37.5 to −20.5): more than chance explains");
    }

    [Fact]
    public async Task An_address_opens_a_comparison_and_a_choice_makes_one()
    {
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs(), hash: "#compare=suite-run-3&with=suite-run-7");

        (await history.Page.Locator("select.one").InputValueAsync()).ShouldBe("suite-run-3");
        (await history.Page.Locator("select.other").InputValueAsync()).ShouldBe("suite-run-7");
        (await history.Page.Locator(".difference").IsVisibleAsync()).ShouldBeTrue();
        await history.Page.Locator("select.other").SelectOptionAsync("suite-run-8");
        new Uri(history.Page.Url).Fragment.ShouldBe("#compare=suite-run-3&with=suite-run-8");
        await history.Page.EvaluateAsync("location.hash = '#compare=suite-run-1&with=suite-run-2'");
        await history.Page.WaitForFunctionAsync("document.querySelector('select.one').value === 'suite-run-1'");

        (await history.Page.Locator(".compare tbody a").First.GetAttributeAsync("href")).ShouldBe("runs/suite-run-1/report/report.html");
    }

    [Theory]
    [InlineData("#compare=nobody&with=suite-run-1")]
    [InlineData("#compare=suite-run-1")]
    [InlineData("#compare=__proto__&with=constructor")]
    [InlineData("#suite-0")]
    public async Task An_address_that_names_no_two_runs_changes_nothing(string hash)
    {
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs(), hash: hash);

        (await history.Page.Locator("details").GetAttributeAsync("open")).ShouldBeNull();
        (await history.Page.Locator("select.other").InputValueAsync()).ShouldBe("suite-run-29");
        history.Trouble.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_under_other_conditions_are_not_compared()
    {
        var runs = Runs().ToArray();
        runs[1] = runs[1] with { Conditions = runs[1].Conditions! with { Judge = "embedded:token-f1", Template = "000000000000" } };

        await using var history = await OpenedPage.HistoryAsync(chromium, runs, hash: "#compare=suite-run-0&with=suite-run-1");

        (await DifferenceAsync(history)).ShouldStartWith("Not comparable: the runs differ in the judge, the prompt template,");
    }

    [Fact]
    public async Task A_run_with_itself_or_without_a_score_has_no_difference()
    {
        RunSummary[] runs = [.. Runs().Take(2), SampleRun.Summary("suite-run-none", "suite", DateTimeOffset.UnixEpoch, null)];

        await using var history = await OpenedPage.HistoryAsync(chromium, runs, hash: "#compare=suite-run-0&with=suite-run-0");

        (await DifferenceAsync(history)).ShouldBe("Both sides are the same run.");
        await history.Page.Locator("select.other").SelectOptionAsync("suite-run-none");
        (await DifferenceAsync(history)).ShouldBe("A run without a score cannot be compared.");
    }

    private static Task<string> DifferenceAsync(OpenedPage history) => history.Page.Locator(".difference").InnerTextAsync();

    private static IEnumerable<RunSummary> Runs() => Enumerable.Range(0, 30)
        .Select(number => SampleRun.Summary($"suite-run-{number}", "suite", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number), 0.4 + (number / 100d)));
}
