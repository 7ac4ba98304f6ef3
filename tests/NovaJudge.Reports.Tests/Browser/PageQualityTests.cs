using System.Text.Json;
using Microsoft.Playwright;

namespace NovaJudge.Reports.Tests.Browser;

public sealed class PageQualityTests(ChromiumFixture chromium)
{
    public static TheoryData<ColorScheme, int> Views => new()
    {
        { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 360 }, { ColorScheme.Dark, 360 },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task All_text_of_the_report_stands_out_by_four_and_a_half_to_one(ColorScheme scheme, int width)
    {
        await using var report = await OpenedPage.ReportAsync(chromium, WithHistory(SampleRun.Of(120)), width, scheme: scheme, hash: "#record=q00007&verdict=b,a");
        await report.ReadyAsync();

        (await FaintTextsAsync(report)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task All_text_of_the_history_stands_out_by_four_and_a_half_to_one(ColorScheme scheme, int width)
    {
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs(), width, scheme);
        await history.Page.Locator("summary").First.ClickAsync();

        (await FaintTextsAsync(history)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task No_width_needs_sideways_scrolling(int width)
    {
        await using var report = await OpenedPage.ReportAsync(chromium, WithHistory(SampleRun.Of(120)), width);
        await report.ReadyAsync();
        await using var hostile = await OpenedPage.ReportAsync(chromium, HostileText.Run(), width);
        await hostile.ReadyAsync();
        await using var history = await OpenedPage.HistoryAsync(chromium, Runs(), width);
        await history.Page.Locator("summary").First.ClickAsync();

        foreach (var page in new[] { report, hostile, history })
        {
            (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, await WidestAsync(page));
        }
    }

    /// <summary>What stands out beyond the right edge, for the message of a failure.</summary>
    private static Task<string> WidestAsync(OpenedPage opened) => opened.Page.EvaluateAsync<string>("""
        () => {
          const cut = (element) => element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || cut(element.parentElement));
          return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !cut(element.parentElement))
            .map((element) => `${element.tagName} ${element.getAttribute('class')} ${Math.round(element.getBoundingClientRect().right)} ${element.textContent.slice(0, 40)}`).slice(0, 8).join('; ');
        }
        """);

    [Fact]
    public async Task Tab_reaches_every_control()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, WithHistory(SampleRun.Of(120)), hash: "#record=q00007");
        await report.ReadyAsync();
        await report.Page.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
        var expected = await report.Page.EvaluateAsync<int>("""
            () => {
              const controls = [...document.querySelectorAll('a[href], button:not(:disabled), input, select, summary, [tabindex="0"]')].filter((control) => control.checkVisibility());
              controls.forEach((control, index) => { control.dataset.control = index; });
              return controls.length;
            }
            """);

        HashSet<string> reached = [];
        for (var press = 0; press < expected + 20; press++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            if (await report.Page.EvaluateAsync<string?>("document.activeElement?.dataset?.control ?? null") is { } control)
            {
                reached.Add(control);
            }
        }

        expected.ShouldBeGreaterThan(25);
        reached.Count.ShouldBe(expected);
    }

    [Fact]
    public async Task Everything_that_is_not_text_has_a_name_and_headings_form_an_outline()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, WithHistory(SampleRun.Of(120)));
        await report.ReadyAsync();

        var nameless = await report.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('svg[role=img], [role=region], [role=listbox], section, nav, input, select, button, table')]
              .filter((element) => !(element.ariaLabel || element.getAttribute('aria-labelledby') || element.labels?.length || element.caption || element.innerText?.trim()))
              .map((element) => element.outerHTML.slice(0, 120))
            """);
        nameless.ShouldBeEmpty();
        var levels = await report.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))");
        levels.Count(level => level == 1).ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
        var duplicates = await report.Page.EvaluateAsync<string[]>("() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); return ids.filter((id, at) => ids.indexOf(id) !== at); }");
        duplicates.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_phone_a_chosen_record_comes_into_view_and_leads_back_to_the_list()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(120), 360, 740);
        await report.ReadyAsync();

        await report.Page.Locator(".row").Nth(3).ClickAsync();
        await report.Page.Locator(".detail h3", new PageLocatorOptions { HasTextString = "q00003" }).WaitForAsync();

        (await report.Page.EvaluateAsync<bool>("() => { const box = document.querySelector('.detail').getBoundingClientRect(); return box.top >= -1 && box.top < innerHeight / 2; }")).ShouldBeTrue();
        await report.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Back to the list" }).ClickAsync();
        (await report.Page.EvaluateAsync<bool>("document.activeElement.classList.contains('list')")).ShouldBeTrue();
    }

    [Fact]
    public async Task On_paper_the_report_is_light_and_leaves_the_controls_out()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(120), scheme: ColorScheme.Dark);
        await report.ReadyAsync();

        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        (await report.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await report.Page.EvaluateAsync<string>("getComputedStyle(document.body).color")).ShouldBe("rgb(20, 24, 31)");
        foreach (var control in new[] { ".tools", ".list", ".top" })
        {
            (await report.Page.Locator(control).IsVisibleAsync()).ShouldBeFalse(control);
        }

        (await report.Page.Locator(".detail").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_script_the_page_still_tells_the_verdict_and_where_the_records_are()
    {
        var run = SampleRun.Of(20);
        var browser = await chromium.OpenAsync();
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();

        await page.SetContentAsync(run.Text("report.html"));

        (await page.Locator("h1").InnerTextAsync()).ShouldContain("answers better than");
        (await page.Locator("noscript").InnerTextAsync()).ShouldContain("verdicts.csv");
    }

    private static SampleRun WithHistory(SampleRun run)
    {
        for (var week = 1; week <= 20; week++)
        {
            run.PutEarlier(7 * week, 0.4 + (week / 100d));
        }

        return run;
    }

    private static IEnumerable<Pipeline.Metrics.RunSummary> Runs() => Enumerable.Range(0, 30)
        .Select(number => SampleRun.Summary($"suite-run-{number}", "suite", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number), 0.4 + (number / 100d)));

    /// <summary>WCAG 2.2 contrast of every visible piece of text against the nearest ground behind it.</summary>
    private static async Task<string[]> FaintTextsAsync(OpenedPage opened)
    {
        var faint = await opened.Page.EvaluateAsync<JsonElement>("""
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const channels = (color) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data];
              };
              const light = (color) => {
                const [r, g, b] = color.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const groundOf = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const ground = channels(getComputedStyle(at).backgroundColor);
                  if (ground[3] > 230) { return ground; }
                }
                return [255, 255, 255, 255];
              };
              const inSvg = (text) => {
                const box = text.getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                let ground = null;
                for (const shape of text.ownerSVGElement.querySelectorAll('rect')) {
                  const area = shape.getBoundingClientRect();
                  if (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && area.left <= x && x <= area.right && area.top <= y && y <= area.bottom) {
                    ground = channels(getComputedStyle(shape).fill);
                  }
                }
                return ground ?? groundOf(text.ownerSVGElement.parentElement);
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const faint = [];
              let seen = 0;
              while (walker.nextNode()) {
                const element = walker.currentNode.parentElement;
                if (walker.currentNode.data.trim() === '' || !element.checkVisibility() || element.closest('script, style, .hidden, .skip, option')) { continue; }
                seen++;
                const svg = element.tagName === 'text';
                const ink = channels(svg ? getComputedStyle(element).fill : getComputedStyle(element).color);
                const [a, b] = [light(ink), light(svg ? inSvg(element) : groundOf(element))];
                const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (contrast < 4.5) { faint.push(`${contrast.toFixed(2)} ${element.outerHTML.slice(0, 140)}`); }
              }
              return { seen, faint };
            }
            """);
        faint.GetProperty("seen").GetInt32().ShouldBeGreaterThan(50);
        return [.. faint.GetProperty("faint").EnumerateArray().Select(text => text.GetString()!)];
    }
}
