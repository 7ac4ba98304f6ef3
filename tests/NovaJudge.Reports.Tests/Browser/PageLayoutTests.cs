using Microsoft.Playwright;

namespace NovaJudge.Reports.Tests.Browser;

/// <summary>What people saw broken at some width, or on paper.</summary>
public sealed class PageLayoutTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(360)]
    [InlineData(660)]
    [InlineData(700)]
    [InlineData(768)]
    [InlineData(960)]
    [InlineData(1024)]
    [InlineData(1241)]
    [InlineData(1440)]
    public async Task Text_of_the_panels_is_readable_at_every_width(int width)
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(40), width);
        await report.ReadyAsync();

        var sizes = await report.Page.EvaluateAsync<double[]>("""
            () => [...document.querySelectorAll('.panel svg')].filter((drawing) => drawing.checkVisibility()).map((drawing) =>
              Math.min(...[...drawing.querySelectorAll('text')].map((text) => Number(text.getAttribute('font-size')))) * drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width)
            """);

        sizes.Length.ShouldBe(6);
        sizes.Min().ShouldBeGreaterThan(12.5);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1024)]
    [InlineData(1440)]
    public async Task No_figure_and_no_short_word_is_broken_over_two_lines(int width)
    {
        var run = SampleRun.From(
            [.. Enumerable.Range(0, 40).Select(number => SampleRun.Record(number))],
            metrics => metrics with { Analysis = metrics.Analysis with { Position = metrics.Analysis.Position with { Applicable = false } } });
        await using var report = await OpenedPage.ReportAsync(chromium, run, width);
        await report.ReadyAsync();

        var broken = await report.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.tile dd:first-of-type, .number, .facts strong, .pill')].filter((element) => element.checkVisibility()).flatMap((element) => {
              const text = element.firstChild;
              if (text?.nodeType !== Node.TEXT_NODE) { return []; }
              return [...text.data.matchAll(/[^ \u00a0\u2013-]+/g)].filter((word) => {
                const range = new Range();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                return new Set([...range.getClientRects()].map((box) => box.top)).size > 1;
              }).map((word) => `${element.className || element.tagName}: ${word[0]}`);
            })
            """);

        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_to_a_record_leaves_the_search_in_sight_below_the_bar()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620), 1440, 800, hash: "#record=q00300");
        await report.ReadyAsync();

        (await report.Page.EvaluateAsync<bool>("""
            () => document.querySelector('#search').getBoundingClientRect().top >= document.querySelector('.top').getBoundingClientRect().bottom
              && document.querySelector('#search').getBoundingClientRect().bottom < innerHeight
            """)).ShouldBeTrue();
    }

    [Fact]
    public async Task On_paper_the_figure_keeps_to_one_page_and_no_table_is_cut()
    {
        // 718 pixels are between the margins of A4.
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620), 718);
        await report.ReadyAsync();

        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        (await report.Page.EvaluateAsync<double>("document.querySelector('#figure').getBoundingClientRect().height")).ShouldBeLessThan(1000);
        (await report.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('table')].filter((table) => table.checkVisibility() && table.getBoundingClientRect().right > table.closest('.card').getBoundingClientRect().right + 1).map((table) => table.caption.textContent)
            """)).ShouldBeEmpty();
    }
}
