using System.Globalization;
using System.Text;
using System.Xml;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Tables;

/// <summary>
/// <c>junit.xml</c>: the gate as a test suite, one case for each check, in the form that Jenkins, GitLab, Azure DevOps and the
/// GitHub actions read. A check that was not made is skipped, never passed.
/// </summary>
internal static class JUnitReport
{
    public static async Task WriteAsync(RunMetrics metrics, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", CloseOutput = false };
        await using var xml = XmlWriter.Create(output, settings);
        IReadOnlyList<GateCheck> checks = metrics.Gate.Checks.Count > 0
            ? metrics.Gate.Checks
            : [new GateCheck("gate", metrics.Gate.Status, metrics.Gate.Status == GateStatus.NotChecked ? "The request names nothing to check." : metrics.Verdict.Sentence)];
        await xml.WriteStartDocumentAsync();
        Start(xml, "testsuites", ("name", "Nova judge pipeline"));
        Counts(xml, checks);
        Start(
            xml, "testsuite", ("name", metrics.Suite), ("timestamp", metrics.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            ("hostname", "nova-judge"), ("time", "0"));
        Counts(xml, checks);
        Properties(xml, metrics);
        foreach (var check in checks)
        {
            Case(xml, metrics, check);
        }

        xml.WriteElementString("system-out", XmlText.Clean(metrics.Verdict.Sentence));
        await xml.WriteEndDocumentAsync();
    }

    private static void Counts(XmlWriter xml, IReadOnlyList<GateCheck> checks)
    {
        xml.WriteAttributeString("tests", Number(checks.Count));
        xml.WriteAttributeString("failures", Number(checks.Count(check => check.Status == GateStatus.Failed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(checks.Count(check => check.Status == GateStatus.NotChecked)));
    }

    private static void Properties(XmlWriter xml, RunMetrics metrics)
    {
        xml.WriteStartElement("properties");
        Property(xml, "run", metrics.RunId.Value);
        Property(xml, "verdict", metrics.Verdict.Outcome);
        Property(xml, "modelA", metrics.Models.A.Name);
        Property(xml, "modelB", metrics.Models.B.Name);
        Property(xml, "judge", metrics.Judge.Name);
        Property(xml, "prompts", Number(metrics.Outcomes.Total));
        if (metrics.Analysis.Score is { } score)
        {
            Property(xml, "score", Rate(score.Value));
            Property(xml, "scoreLow", Rate(score.Low));
            Property(xml, "scoreHigh", Rate(score.High));
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, RunMetrics metrics, GateCheck check)
    {
        Start(xml, "testcase", ("classname", $"nova-judge.{metrics.Suite}"), ("name", check.Name), ("time", "0"));
        var message = XmlText.Clean(check.Message);
        if (check.Status == GateStatus.Failed)
        {
            Start(xml, "failure", ("message", message), ("type", check.Name));
            xml.WriteString($"{message}\n{XmlText.Clean(metrics.Verdict.Sentence)}");
            xml.WriteEndElement();
        }
        else if (check.Status == GateStatus.NotChecked)
        {
            Start(xml, "skipped", ("message", message));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        Start(xml, "property", ("name", name), ("value", value));
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, XmlText.Clean(value));
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
