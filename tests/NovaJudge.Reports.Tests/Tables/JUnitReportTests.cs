using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Tables;
using XmlText = NovaJudge.Reports.Tables.XmlText;

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
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_file_has_the_form_that_servers_of_continuous_integration_read(bool hostile)
    {
        var document = await WriteAsync(hostile ? HostileText.Run().Metrics : SampleMetrics.Typical);

        document.Validate(Schema(), (_, problem) => throw problem.Exception);

        foreach (var suite in document.Descendants("testsuite"))
        {
            int Of(string name) => int.Parse(suite.Attribute(name)!.Value);
            (Of("tests"), Of("failures"), Of("skipped"))
                .ShouldBe((suite.Elements("testcase").Count(), suite.Descendants("failure").Count(), suite.Descendants("skipped").Count()));
        }
    }

    /// <summary>What Jenkins, GitLab, Azure DevOps and GitHub's reporters agree on: order of elements, attributes they need, and their types.</summary>
    private static XmlSchemaSet Schema()
    {
        const string schema = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:complexType name="message"><xs:simpleContent><xs:extension base="xs:string">
                <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/>
              </xs:extension></xs:simpleContent></xs:complexType>
              <xs:attributeGroup name="counts">
                <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
              </xs:attributeGroup>
              <xs:complexType name="case">
                <xs:choice minOccurs="0"><xs:element name="skipped" type="message"/><xs:element name="error" type="message"/><xs:element name="failure" type="message"/></xs:choice>
                <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string" use="required"/><xs:attribute name="time" type="xs:decimal" use="required"/>
              </xs:complexType>
              <xs:complexType name="suite"><xs:sequence>
                <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                  <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
                </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
                <xs:element name="testcase" type="case" maxOccurs="unbounded"/>
                <xs:element name="system-out" type="xs:string" minOccurs="0"/><xs:element name="system-err" type="xs:string" minOccurs="0"/>
              </xs:sequence>
                <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="timestamp" type="xs:dateTime" use="required"/>
                <xs:attribute name="hostname" type="xs:token" use="required"/><xs:attribute name="time" type="xs:decimal" use="required"/><xs:attributeGroup ref="counts"/>
              </xs:complexType>
              <xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element name="testsuite" type="suite" maxOccurs="unbounded"/></xs:sequence>
                <xs:attribute name="name" type="xs:string"/><xs:attributeGroup ref="counts"/></xs:complexType></xs:element>
            </xs:schema>
            """;
        var set = new XmlSchemaSet();
        set.Add(null, XmlReader.Create(new StringReader(schema)));
        return set;
    }

    [Theory]
    [InlineData("fine\t\r\n", "fine\t\r\n")]
    [InlineData("a\u0000b\u001bc\uffffd", "a\ufffdb\ufffdc\ufffdd")]
    [InlineData("a\u007fb\u0085c\u009b", "a\ufffdb\ufffdc\ufffd")]
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
