using Microsoft.Playwright;

namespace NovaJudge.Reports.Tests.Browser;

public sealed class ExplorerTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task The_page_opens_on_the_first_record_without_a_word_of_complaint()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620));

        await report.ReadyAsync();

        (await report.StatusAsync()).ShouldBe("620 records");
        (await report.Page.Locator(".detail h3").InnerTextAsync()).ShouldBe("Record q00000");
        (await report.Page.Locator(".answer").CountAsync()).ShouldBe(2);
        (await report.Page.Locator(".answer.won .who").InnerTextAsync()).ShouldContain("Qwen2.5 1.5B");
        report.Trouble.ShouldBeEmpty();
        report.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_row_of_the_list_shows_both_its_lines_whole()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(40));
        await report.ReadyAsync();

        (await report.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.row')].filter((row) => [...row.children].some((line) => line.getBoundingClientRect().bottom > row.getBoundingClientRect().bottom || line.scrollHeight > line.clientHeight + 1)).map((row) => row.textContent)
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_category_of_the_table_leads_to_its_records()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620));
        await report.ReadyAsync();

        await report.Page.Locator("#slices a").First.ClickAsync();

        await report.WaitForStatusAsync("124 records of 620");
        (await report.Page.Locator("#category").EvaluateAsync<string>("choice => choice.selectedOptions[0].textContent")).ShouldBe("Rivers (124)");
    }

    [Fact]
    public async Task Outcomes_and_categories_filter_the_list()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620));
        await report.ReadyAsync();

        await report.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Inconsistent" }).ClickAsync();
        await report.WaitForStatusAsync("31 records of 620");
        await report.Page.Locator("#category").SelectOptionAsync(new SelectOptionValue { Label = "Comets (124)" });

        await report.WaitForStatusAsync("31 records of 620");
        (await report.Page.Locator(".row .below").First.InnerTextAsync()).ShouldStartWith("Inconsistent · Comets");
        (await report.Page.Locator(".detail").InnerTextAsync()).ShouldContain("The passes disagree");
        new Uri(report.Page.Url).Fragment.ShouldBe("#verdict=inconsistent&category=Comets");
    }

    [Fact]
    public async Task Searching_reads_prompts_answers_and_references()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620));
        await report.ReadyAsync();

        await report.Page.Locator("#search").FillAsync("COMETS 1447 keeper");
        await report.WaitForStatusAsync("2 records of 620");
        (await report.Page.Locator(".detail h3").InnerTextAsync()).ShouldBe("Record q00047");
        await report.Page.Locator("#search").FillAsync("no such words");
        await report.WaitForStatusAsync("0 records of 620");
        (await report.Page.Locator(".list .empty").IsVisibleAsync()).ShouldBeTrue();
        await report.Page.Locator("#search").PressAsync("Escape");

        await report.WaitForStatusAsync("620 records");
    }

    [Fact]
    public async Task A_link_to_a_record_opens_it_and_another_follows()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620), hash: "#record=q00555");
        await report.ReadyAsync();

        (await report.Page.Locator(".detail h3").InnerTextAsync()).ShouldBe("Record q00555");
        (await report.Page.Locator(".row[aria-selected=true]").IsVisibleAsync()).ShouldBeTrue();
        await report.Page.EvaluateAsync("location.hash = '#record=q00017&verdict=inconsistent'");
        await report.WaitForStatusAsync("31 records of 620");
        (await report.Page.Locator(".detail h3").InnerTextAsync()).ShouldBe("Record q00017");
        await report.Page.EvaluateAsync("location.hash = '#record=nobody'");

        await report.WaitForStatusAsync("There is no record \"nobody\" here.");
    }

    [Fact]
    public async Task A_link_to_a_section_leaves_the_explorer_and_the_address_alone()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(40), hash: "#judge");
        await report.ReadyAsync();

        new Uri(report.Page.Url).Fragment.ShouldBe("#judge");
        (await report.StatusAsync()).ShouldBe("40 records");
    }

    [Fact]
    public async Task The_list_is_walked_by_keys()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(620));
        await report.ReadyAsync();

        await report.Page.Locator(".list").FocusAsync();
        await report.Page.Keyboard.PressAsync("ArrowDown");
        await report.Page.Keyboard.PressAsync("j");
        await report.Page.Keyboard.PressAsync("k");
        await Heading(report, "Record q00001");
        await report.Page.Keyboard.PressAsync("End");
        await Heading(report, "Record q00619");
        (await report.Page.Locator(".row[aria-selected=true]").GetAttributeAsync("aria-posinset")).ShouldBe("620");
        (await report.Page.Locator(".list").GetAttributeAsync("aria-activedescendant")).ShouldBe("row-619");
        await report.Page.Keyboard.PressAsync("/");

        (await report.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("search");
        new Uri(report.Page.Url).Fragment.ShouldBe("#record=q00619");
    }

    [Fact]
    public async Task Letters_that_are_typed_into_the_search_are_letters()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(40));
        await report.ReadyAsync();

        await report.Page.Locator("#search").PressSequentiallyAsync("jk/");

        (await report.Page.Locator("#search").InputValueAsync()).ShouldBe("jk/");
        await report.WaitForStatusAsync("0 records of 40");
    }

    [Fact]
    public async Task Words_that_the_answers_do_not_share_are_marked_until_asked_not_to()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(40), hash: "#record=q00000");
        await report.ReadyAsync();

        (await report.Page.Locator(".answer.a mark").AllInnerTextsAsync()).ShouldBe(["Around", "year 1400 the", "0"]);
        (await report.Page.Locator(".answer.b mark").AllInnerTextsAsync()).ShouldBe(["5", ", as the old keeper wrote"]);
        await report.Page.GetByLabel("Mark the words").UncheckAsync();

        (await report.Page.Locator("mark").CountAsync()).ShouldBe(0);
        (await report.Page.Locator(".answer.b .body").InnerTextAsync()).ShouldBe("The town kept 5 of them, as the old keeper wrote.");
    }

    [Fact]
    public async Task Twenty_thousand_records_open_filter_and_search()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(20_000));
        await report.ReadyAsync();

        (await report.StatusAsync()).ShouldBe("20,000 records");
        (await report.Page.Locator(".row").CountAsync()).ShouldBeLessThan(60);
        await report.Page.Locator(".list").FocusAsync();
        await report.Page.Keyboard.PressAsync("End");
        await Heading(report, "Record q19999");
        await report.Page.Locator("#search").FillAsync("q12345");
        await report.WaitForStatusAsync("1 record of 20,000");

        await Heading(report, "Record q12345");
        report.Trouble.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_lost_its_index_says_so_and_names_the_other_file()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(10), damage: html => html.Replace("id=\"index\">", "id=\"index\">x", StringComparison.Ordinal));

        await report.ReadyAsync();

        (await report.StatusAsync()).ShouldMatch("^The records cannot be shown: .*verdicts.csv");
    }

    [Fact]
    public async Task A_file_that_lost_a_block_says_so_where_its_records_would_be()
    {
        await using var report = await OpenedPage.ReportAsync(chromium, SampleRun.Of(300), damage: html => html.Replace("id=\"block-1\">", "id=\"gone\">", StringComparison.Ordinal));
        await report.ReadyAsync();

        await report.Page.Locator(".list").FocusAsync();
        await report.Page.Keyboard.PressAsync("End");
        await report.Page.Locator(".detail", new PageLocatorOptions { HasTextString = "its part \"block-1\" is missing" }).WaitForAsync();
        await report.Page.Locator("#search").FillAsync("keeper");

        await report.WaitForStatusAsync("its part \"block-1\" is missing");
        report.Trouble.ShouldBeEmpty();
    }

    private static Task Heading(OpenedPage report, string text) =>
        report.Page.Locator(".detail h3", new PageLocatorOptions { HasTextString = text }).WaitForAsync();
}
