using System.Xml.Linq;
using NovaJudge.Reports.Figures;
using SkiaSharp;

namespace NovaJudge.Reports.Tests.Figures;

public sealed class FigureFileTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, string> Cases =>
        [.. from name in FigureCases.All.Keys from theme in new[] { "light", "dark" } select (name, theme)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_PNG_has_its_size_and_ink_in_every_panel(string name, string themeName)
    {
        var theme = Theme(themeName);
        var figure = Figure.Compose(FigureCases.All[name]);
        using var file = new MemoryStream();

        figure.WritePng(file, theme);

        using var picture = SKBitmap.Decode(file.ToArray());
        (picture.Width, picture.Height).ShouldBe((Figure.Width, Figure.Height));
        var card = (SKColor)theme.Argb(Ink.Card);
        foreach (var panel in figure.Groups.Where(group => group.Id is not ("backdrop" or "header" or "footer")))
        {
            var inside = panel.Bounds.Inset(20, 90, 20, 20);
            var inked = 0;
            for (var x = (int)inside.X; x < inside.Right; x += 2)
            {
                for (var y = (int)inside.Y; y < inside.Bottom; y += 2)
                {
                    inked += picture.GetPixel(x, y) == card ? 0 : 1;
                }
            }

            (inked / (inside.Width * inside.Height / 4)).ShouldBeInRange(0.02f, 0.9f, panel.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_SVG_is_well_formed_and_stands_alone(string name, string themeName)
    {
        var metrics = FigureCases.All[name];

        var text = Figure.Compose(metrics).ToSvg(Theme(themeName));

        var root = XDocument.Parse(text).Root!;
        root.Name.ShouldBe(Svg + "svg");
        root.Descendants().Select(element => element.Name.LocalName).Distinct().Order()
            .ShouldBe(["desc", "g", "path", "rect", "text", "title"]);
        root.DescendantsAndSelf().Attributes().ShouldAllBe(attribute => !attribute.Value.Contains("url(") && !attribute.Name.LocalName.StartsWith("on"));
        root.DescendantsAndSelf().Attributes().ShouldNotContain(attribute => attribute.Name.LocalName == "href" || attribute.Name.LocalName == "style");
        root.Descendants(Svg + "text").ShouldAllBe(element => element.Attribute("textLength") != null);
        root.Element(Svg + "title")!.Value.ShouldNotBeEmpty();
        root.Element(Svg + "desc")!.Value.ShouldContain("model A");
    }

    [Fact]
    public void Equal_metrics_give_equal_files()
    {
        var (one, other) = (Figure.Compose(SampleMetrics.Typical), Figure.Compose(SampleMetrics.Typical with { }));
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        one.WritePng(first, FigureTheme.Light);
        other.WritePng(second, FigureTheme.Light);

        second.ToArray().ShouldBe(first.ToArray());
        other.ToSvg(FigureTheme.Light).ShouldBe(one.ToSvg(FigureTheme.Light));
    }

    [Fact]
    public void Panels_inside_a_page_leave_their_colours_to_it()
    {
        var panels = Figure.Compose(SampleMetrics.Typical).InlinePanels().ToArray();

        panels.Length.ShouldBe(6);
        foreach (var panel in panels.SelectMany(panel => new[] { panel.Wide, panel.Narrow }))
        {
            XDocument.Parse(panel).Root!.Attribute("aria-label")!.Value.ShouldNotBeEmpty();
            panel.ShouldNotContain("fill=\"#");
            panel.ShouldContain("class=\"f-card s-border\"");
        }
    }

    [Fact]
    public void The_alternative_text_tells_the_verdict_the_counts_and_the_labels()
    {
        var metrics = SampleMetrics.Of(74, 120, 20, label: "demo model", disclaimer: "Scored by token-F1, not by Nova");

        var text = Figure.Compose(metrics).AlternativeText;

        text.ShouldContain("Qwen2.5 1.5B (demo model)");
        text.ShouldContain(metrics.Verdict.Sentence);
        text.ShouldContain("B won 120, A won 74, 20 tied");
        text.ShouldContain("Scored by token-F1, not by Nova");
    }

    [Fact]
    public void A_name_of_ten_million_characters_leaves_the_figure_small()
    {
        var name = string.Concat(Enumerable.Repeat("模型\u202e ", 2_500_000));
        var metrics = SampleMetrics.Of(1, 2, 3, nameA: name, sentence: "Unclear");

        var svg = Figure.Compose(metrics).ToSvg(FigureTheme.Light);

        svg.Length.ShouldBeLessThan(40_000);
    }

    private static FigureTheme Theme(string name) => name == "light" ? FigureTheme.Light : FigureTheme.Dark;
}
