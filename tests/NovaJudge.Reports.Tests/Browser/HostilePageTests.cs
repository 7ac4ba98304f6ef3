namespace NovaJudge.Reports.Tests.Browser;

public sealed class HostilePageTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task No_hostile_text_of_a_run_ever_runs_or_leaves_the_page()
    {
        var run = HostileText.Run();
        await using var report = await OpenedPage.ReportAsync(chromium, run);
        await report.ReadyAsync();

        await report.Page.Locator(".list").FocusAsync();
        for (var record = 0; record < run.Metrics.Outcomes.Total; record++)
        {
            await report.Page.Keyboard.PressAsync("ArrowDown");
        }

        await report.Page.Locator("#search").FillAsync("<script>");
        await report.Page.Locator(".status", new() { HasTextString = " of " }).WaitForAsync();

        await ShouldBeUntouchedAsync(report);
        (await report.Page.Locator(".explorer").GetAttributeAsync("data-ready")).ShouldBe("true");
    }

    [Fact]
    public async Task Every_hostile_answer_is_shown_as_text()
    {
        var run = HostileText.Run();
        await using var report = await OpenedPage.ReportAsync(chromium, run);
        await report.ReadyAsync();

        var answers = await report.Page.EvaluateAsync<string[]>("""
            async () => {
              const list = document.querySelector('.list');
              const total = Number(list.querySelector('.row').getAttribute('aria-setsize'));
              const answers = [];
              for (let at = 0; at < total; at++) {
                answers.push(document.querySelector('.answer.b .body').textContent);
                list.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
                await new Promise((resolve) => setTimeout(resolve, 5));
              }
              return answers;
            }
            """);

        answers.ShouldContain(HostileText.All[0]);
        answers.ShouldContain(HostileText.All[7]);
        answers.ShouldContain("The answer is empty.");
        answers.ShouldContain("U+202Egpj.exeU+202C U+2066isolatedU+2069 \u200f");
        await ShouldBeUntouchedAsync(report);
    }

    [Fact]
    public async Task Hostile_addresses_do_nothing()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(5));
        await report.ReadyAsync();

        foreach (var text in HostileText.All)
        {
            var hash = Uri.EscapeDataString(text.Length > 500 ? text[..500] : text);
            await report.Page.EvaluateAsync("hash => { location.hash = hash; return new Promise((resolve) => setTimeout(resolve, 5)); }", $"record={hash}&search={hash}&verdict={hash}&category={hash}");
        }

        await ShouldBeUntouchedAsync(report);
    }

    [Fact]
    public async Task No_hostile_text_of_the_history_ever_runs()
    {
        var runs = HostileText.All.Select((text, number) =>
            SampleRun.Summary($"r{number}", number % 2 == 0 ? "suite" : text, DateTimeOffset.UnixEpoch.AddDays(number), 0.5) with { Sentence = text });
        await using var history = await OpenedPage.HistoryAsync(chromium, runs);

        await history.Page.Locator("summary").First.ClickAsync();

        await ShouldBeUntouchedAsync(history);
    }

    [Fact]
    public async Task Even_script_that_got_into_the_page_would_be_refused()
    {
        // The last line of defence, tested by itself: markup injected into the finished file.
        var run = SampleRun.Of(5);
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        var poisoned = run.Text("report.html").Replace("<main id=\"main\">", $"<main id=\"main\"><script>{HostileText.Alarm}</script><img src=x onerror=\"{HostileText.Alarm}\"><img src=\"http://127.0.0.1:9/x.png\">", StringComparison.Ordinal);
        var browser = await chromium.OpenAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("nova-report-").FullName, "report.html");
        await File.WriteAllTextAsync(file, poisoned, TestContext.Current.CancellationToken);
        List<string> sent = [];
        page.RequestFinished += (_, request) => sent.Add(request.Url);

        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.Locator(".explorer[data-ready]").WaitForAsync();

        (await page.EvaluateAsync<bool>("window.__novaAlarm === undefined")).ShouldBeTrue();
        sent.ShouldBe([new Uri(file).AbsoluteUri]);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static async Task ShouldBeUntouchedAsync(OpenedPage opened)
    {
        (await opened.Page.EvaluateAsync<bool>("window.__novaAlarm === undefined")).ShouldBeTrue("a hostile text ran");
        (await opened.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('*')]
              .filter((element) => ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'LINK'].includes(element.tagName) || [...element.attributes].some((attribute) => attribute.name.startsWith('on') || attribute.name === 'style' && element.tagName === 'HTML' || /^\s*javascript:/i.test(attribute.value) && attribute.name === 'href'))
              .map((element) => element.outerHTML.slice(0, 200))
            """)).ShouldBeEmpty();
        opened.Requests.ShouldBeEmpty();
        opened.Trouble.ShouldBeEmpty();
    }
}
