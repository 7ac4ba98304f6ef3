using System.Text;
using System.Xml.Linq;

namespace NovaJudge.Reports.Tests;

/// <summary>What every file of a report promises, whatever the texts of the run.</summary>
public sealed class HostileFilesTests
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("report.html")]
    [InlineData("figure.svg")]
    [InlineData("figure-dark.svg")]
    [InlineData("summary.md")]
    [InlineData("verdicts.csv")]
    [InlineData("junit.xml")]
    public async Task Hostile_texts_leave_valid_UTF_8_without_control_characters(string file)
    {
        var text = Strict.GetString(await RenderAsync(file));

        text.Where(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("figure.svg")]
    [InlineData("figure-dark.svg")]
    [InlineData("summary.md")]
    public async Task No_hostile_text_turns_the_direction_of_what_people_read(string file)
    {
        var text = Strict.GetString(await RenderAsync(file));

        text.Where(character => character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("figure.svg")]
    [InlineData("figure-dark.svg")]
    public async Task A_drawing_of_hostile_texts_is_a_drawing_and_nothing_else(string file)
    {
        var svg = XDocument.Parse(Strict.GetString(await RenderAsync(file)));

        svg.DocumentType.ShouldBeNull();
        svg.Descendants().Select(element => element.Name.LocalName).Distinct().Order().ShouldBe(["desc", "g", "path", "rect", "svg", "text", "title"]);
        svg.Descendants().Attributes().Select(attribute => attribute.Name.LocalName)
            .Where(name => name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "href" or "src" or "style").ShouldBeEmpty();
    }

    private static async Task<byte[]> RenderAsync(string file)
    {
        var run = HostileText.Run();
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        return run.Store[run.Keys.Report(file)].ToArray();
    }
}
