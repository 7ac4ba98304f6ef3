using System.Xml.Linq;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Tables;

namespace NovaJudge.Reports.Tests.Tables;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task Each_check_of_the_gate_is_a_case_and_one_that_was_not_made_is_skipped()
    {
        var metrics = SampleMetrics.Typical with
        {
            Gate = new GateMetrics(GateStatus.Failed,
            [
                new GateCheck("errors", GateStatus.Passed, "Few errors."),
                new GateCheck("score", GateStatus.Failed, "0.60 is below 0.70."),
                new GateCheck("regression", GateStatus.NotChecked, "There is no baseline yet."),
            ]),
        };

        var suite = (await WriteAsync(metrics)).Root!.Element("testsuite")!;

        ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("skipped")).ShouldBe(("3", "1", "1"));
        var cases = suite.Elements("testcase").ToDictionary(element => element.Attribute("name")!.Value);
        cases["errors"].HasElements.ShouldBeFalse();
        cases["score"].Element("failure")!.Attribute("message")!.Value.ShouldBe("0.60 is below 0.70.");
        cases["regression"].Element("skipped")!.Attribute("message")!.Value.ShouldBe("There is no baseline yet.");
    }

    [Fact]
    public async Task A_gate_without_checks_is_one_skipped_case()
    {
        var metrics = SampleMetrics.Typical with { Gate = new GateMetrics(GateStatus.NotChecked, []) };

        var suite = (await WriteAsync(metrics)).Root!.Element("testsuite")!;

        suite.Elements("testcase").Single().Element("skipped").ShouldNotBeNull();
    }

    [Fact]
    public async Task Hostile_texts_stay_texts()
    {
        var metrics = HostileText.Run().Metrics;

        var document = await WriteAsync(metrics);

        document.Descendants().Select(element => element.Name.LocalName).Distinct().Order()
            .ShouldBe(["failure", "properties", "property", "system-out", "testcase", "testsuite", "testsuites"]);
        document.Descendants("testcase").Count().ShouldBe(HostileText.All.Count);
        document.DocumentType.ShouldBeNull();
    }

    [Theory]
    [InlineData("fine\t\r\n", "fine\t\r\n")]
    [InlineData("a\u0000b\u001bc\uffffd", "a\ufffdb\ufffdc\ufffdd")]
    [InlineData("😀", "😀")]
    public void What_XML_cannot_hold_is_replaced(string text, string expected)
    {
        XmlText.Clean(text).ShouldBe(expected);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        XmlText.Clean("a\ud83d").ShouldBe("a\ufffd");
        XmlText.Clean("\ude00\ud83d").ShouldBe("\ufffd\ufffd");
    }

    private static async Task<XDocument> WriteAsync(RunMetrics metrics)
    {
        using var file = new MemoryStream();
        await JUnitReport.WriteAsync(metrics, file, TestContext.Current.CancellationToken);
        file.Position = 0;
        return XDocument.Load(file);
    }
}
