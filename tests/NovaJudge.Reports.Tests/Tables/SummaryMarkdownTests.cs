using NovaJudge.Reports.Tables;

namespace NovaJudge.Reports.Tests.Tables;

public sealed class SummaryMarkdownTests
{
    [Fact]
    public void The_summary_is_the_approved_one()
    {
        Approved.ShouldMatch("Tables/summary.md", SummaryMarkdown.Write(SampleMetrics.Typical with { Warnings = ["The judge and B are of one family: unverified."] }));
    }

    [Theory]
    [InlineData("Claude Sonnet 4.6 (61%, 54–67%)", "Claude Sonnet 4.6 (61%, 54–67%)")]
    [InlineData("*bold* _it_ `code` <b>", @"\*bold\* \_it\_ \`code\` \<b\>")]
    [InlineData("[x](http://a) ![y]", "\\[x\\](http:\u200b//a) \\!\u200b\\[y\\]")]
    [InlineData("@everyone #12", "\\@\u200beveryone \\#\u200b12")]
    [InlineData("| a | b |", @"\| a \| b \|")]
    [InlineData("two\n# lines", "two \\#\u200b lines")]
    [InlineData("1. one", @"1\. one")]
    [InlineData("1) one", @"1\) one")]
    [InlineData("5.0% of prompts", "5.0% of prompts")]
    [InlineData("- item", @"\- item")]
    [InlineData("www.example.com", "www.\u200bexample.com")]
    [InlineData("12:30 :tada:", "12:30 :\u200btada:")]
    [InlineData("&lt;", @"\&lt;")]
    [InlineData("GH-12 gh-12 GH-x", "GH-\u200b12 gh-\u200b12 GH-x")]
    [InlineData("%12 %\"a\" 5% of", "%\u200b12 %\u200b\"a\" 5% of")]
    public void Foreign_text_is_never_markup(string text, string expected)
    {
        MarkdownText.Inline(text).ShouldBe(expected);
    }

    [Fact]
    public void Hostile_texts_add_no_line_no_link_and_no_mention()
    {
        var text = SummaryMarkdown.Write(HostileText.Run().Metrics);

        text.Length.ShouldBeLessThan(60_000);
        text.Split('\n').ShouldAllBe(line => line.Length == 0 || line[0] == '|' || line.StartsWith("- ") || line.StartsWith("### ") || line.StartsWith("**") || line.StartsWith("Run "));
        text.ShouldNotContain("http://");
        text.ShouldNotContain("@everyone");
        System.Text.RegularExpressions.Regex.IsMatch(text, @"(?<!\\)<").ShouldBeFalse("a tag would begin here");
        System.Text.RegularExpressions.Regex.IsMatch(text, @"(?<!\\)\]\(").ShouldBeFalse("a link would begin here");
    }

    [Fact]
    public void The_worst_texts_everywhere_fit_into_a_comment_on_a_pull_request()
    {
        // Every sign of these grows to three characters.
        var worst = new string('@', 10_000);
        var metrics = SampleMetrics.Typical;

        var text = SummaryMarkdown.Write(metrics with
        {
            Suite = worst,
            Models = new(new(worst, worst, worst), new(worst, worst, worst)),
            Judge = new(worst, worst, worst, worst),
            Dataset = metrics.Dataset with { Source = worst },
            Verdict = metrics.Verdict with { Sentence = worst, Explanation = worst },
            Gate = new(Pipeline.Judging.GateStatus.Failed, [.. Enumerable.Repeat(new Pipeline.Metrics.GateCheck(worst, Pipeline.Judging.GateStatus.Failed, worst), 100)]),
            Warnings = [.. Enumerable.Repeat(worst, 100)],
        });

        text.Length.ShouldBeInRange(20_000, 65_535);
        text.ShouldContain("and 90 more in `report.html`");
    }
}
