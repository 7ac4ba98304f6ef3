using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Reports.Html;

namespace NovaJudge.Reports.Tests.Html;

public sealed partial class ReportPageTests
{
    [Fact]
    public async Task The_policy_admits_the_pages_own_script_and_style_by_hash_and_nothing_else()
    {
        var page = await RenderAsync(SampleRun.Of(20));

        var policy = Policy().Match(page).Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        policy.ShouldStartWith("default-src 'none'; script-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        policy.ShouldContain(Hash(Between(page, "<script>", "</script>")));
        policy.ShouldContain(Hash(Between(page, "<style>", "</style>")));
    }

    [Fact]
    public async Task The_page_asks_nobody_for_anything()
    {
        var page = await RenderAsync(HostileText.Run());

        var markup = Regex.Replace(page, "<script.*?</script>|<style>.*?</style>", "", RegexOptions.Singleline);
        Attributes().Matches(markup).Select(match => match.Groups[1].Value).ShouldAllBe(
            target => target.StartsWith('#') || ReportNames.Contains(target), "every link stays inside the page or goes to a file beside it");
        Tags().Matches(markup).Select(match => match.Groups[1].Value.ToLowerInvariant()).Distinct()
            .ShouldNotContain(tag => tag == "img" || tag == "iframe" || tag == "link" || tag == "base" || tag == "form" || tag == "object" || tag == "script");
    }

    [Fact]
    public async Task The_texts_of_the_page_are_the_approved_ones()
    {
        var run = SampleRun.Of(120);
        run.PutEarlier(7, 0.55);

        var page = await RenderAsync(run);

        var markup = Regex.Replace(page, "<script.*?</script>|<style>.*?</style>|<svg.*?</svg>", "", RegexOptions.Singleline);
        var lines = Regex.Replace(Regex.Replace(markup, "</?(bdi|span|strong|a|code|kbd)[^>]*>", ""), "<[^>]*>", "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Approved.ShouldMatch("Html/report-page.txt", System.Net.WebUtility.HtmlDecode(string.Concat(lines.Select(line => line + "\n"))));
    }

    [Fact]
    public async Task Every_record_is_in_the_blocks_and_the_index_knows_them_all()
    {
        var run = SampleRun.Of(620);

        var page = await RenderAsync(run);

        using var index = Block(page, "index");
        index.RootElement.GetProperty("total").GetInt32().ShouldBe(620);
        index.RootElement.GetProperty("records").GetArrayLength().ShouldBe(620);
        index.RootElement.GetProperty("blocks").EnumerateArray().Select(size => size.GetInt32()).ShouldBe([250, 250, 120]);
        using var last = Block(page, "block-2");
        last.RootElement[119].GetProperty("question").GetString()!.ShouldContain("did the town keep around");
        last.RootElement[119].GetProperty("a").GetProperty("error").GetString().ShouldBe("timeout: No answer within 60 s.");
    }

    [Fact]
    public async Task Hostile_texts_come_back_from_the_blocks_as_they_were()
    {
        var page = await RenderAsync(HostileText.Run());

        using var block = Block(page, "block-0");
        var answers = block.RootElement.EnumerateArray().Select(record => record.GetProperty("b").GetProperty("text").GetString()).ToHashSet();

        // Half a surrogate pair is no text in UTF-8: the store has a replacement character in its place.
        answers.ShouldBe(HostileText.All.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))).ToHashSet(), ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_without_records_has_a_page()
    {
        var page = await RenderAsync(SampleRun.Of(0));

        using var index = Block(page, "index");
        index.RootElement.GetProperty("total").GetInt32().ShouldBe(0);
        page.ShouldContain("no prompt has a verdict");
    }

    [Fact]
    public async Task A_text_of_ten_megabytes_is_cut_with_a_word_about_it()
    {
        var run = SampleRun.Of(2);
        run.Put(run.Keys.Responses(Pipeline.Runs.ModelSlot.A, 0), [new Pipeline.Generation.ResponseRow("q00000", new string('x', 10_000_000)), new Pipeline.Generation.ResponseRow("q00001", "short")]);

        var page = await RenderAsync(run);

        using var block = Block(page, "block-0");
        var text = block.RootElement[0].GetProperty("a").GetProperty("text").GetString()!;
        text.Length.ShouldBeLessThan(101_000);
        text.ShouldEndWith("[cut here; 10,000,000 characters in all]");
    }

    [Theory]
    [InlineData("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;")]
    [InlineData("\u202egpj\u0000\u0085", "[U+202E]gpj[U+0000][U+0085]")]
    [InlineData("tab\tline\n", "tab\tline\n")]
    [InlineData("😀", "😀")]
    public void Foreign_text_is_escaped_and_what_hides_is_shown(string text, string expected)
    {
        HtmlText.Escape(text).ShouldBe(expected);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_replacement_character()
    {
        HtmlText.Escape("a\ud83d\ud83d\ude00\ude00").ShouldBe("a\ufffd\ud83d\ude00\ufffd");
    }

    private static readonly string[] ReportNames = ["figure.png", "figure.svg", "figure-dark.png", "figure-dark.svg", "verdicts.csv", "summary.md", "junit.xml"];

    private static async Task<string> RenderAsync(SampleRun run)
    {
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        return run.Text("report.html");
    }

    private static JsonDocument Block(string page, string id)
    {
        var bytes = Convert.FromBase64String(Between(page, $"<script type=\"application/octet-stream\" id=\"{id}\">", "</script>"));
        using var inflated = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonDocument.Parse(inflated);
    }

    private static string Between(string page, string start, string end)
    {
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return page[from..page.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("(?:href|src|action|data|poster|srcset)=\"([^\"]*)\"")]
    private static partial Regex Attributes();

    [GeneratedRegex("<([a-zA-Z][a-zA-Z0-9]*)")]
    private static partial Regex Tags();
}
