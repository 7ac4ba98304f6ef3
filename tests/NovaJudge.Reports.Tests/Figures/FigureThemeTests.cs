using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Tests.Figures;

public sealed class FigureThemeTests
{
    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Text_stands_out_by_four_and_a_half_to_one(string theme)
    {
        foreach (var ground in new[] { Ink.Card, Ink.Backdrop, Ink.Stripe, Ink.SoftA, Ink.SoftB })
        {
            Contrast(theme, Ink.Text, ground).ShouldBeGreaterThanOrEqualTo(4.5, ground.ToString());
        }

        foreach (var ground in new[] { Ink.Card, Ink.Backdrop, Ink.Stripe })
        {
            Contrast(theme, Ink.Muted, ground).ShouldBeGreaterThanOrEqualTo(4.5, ground.ToString());
        }

        Contrast(theme, Ink.Card, Ink.A).ShouldBeGreaterThanOrEqualTo(4.5);
        Contrast(theme, Ink.Card, Ink.B).ShouldBeGreaterThanOrEqualTo(4.5);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Shapes_stand_out_by_three_to_one(string theme)
    {
        foreach (var ink in new[] { Ink.A, Ink.B, Ink.Tie, Ink.Inconsistent, Ink.Error })
        {
            Contrast(theme, ink, Ink.Card).ShouldBeGreaterThanOrEqualTo(3, ink.ToString());
        }
    }

    [Fact]
    public void Text_that_the_font_lacks_is_still_seen()
    {
        FigureFont.Showable("模型 A", FontWeight.Regular).ShouldBe("□□ A");
        FigureFont.Measure("模型", 20, FontWeight.Regular).ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("a\u0000b\r\n\tc", "a b c")]
    [InlineData("\u202egnp.exe", "gnp.exe")]
    [InlineData("  spaced\u00a0\u2003out  ", "spaced out")]
    [InlineData("e\u0301\u0302\u0303\u0304", "e\u0301\u0302")]
    [InlineData("\u200b\ufeff", "")]
    public void Foreign_text_is_made_safe_to_draw(string text, string expected)
    {
        FigureText.Clean(text).ShouldBe(expected);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        FigureText.Clean("\ud800x").ShouldBe("\ufffdx");
    }

    /// <summary>WCAG 2.2, contrast ratio.</summary>
    private static double Contrast(string theme, Ink one, Ink other)
    {
        var colors = theme == "light" ? FigureTheme.Light : FigureTheme.Dark;
        var (a, b) = (Luminance(colors.Argb(one)), Luminance(colors.Argb(other)));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(uint argb)
    {
        static double Linear(uint channel) => channel / 255d is var c && c <= 0.04045 ? c / 12.92 : Math.Pow(((channel / 255d) + 0.055) / 1.055, 2.4);
        return (0.2126 * Linear((argb >> 16) & 255)) + (0.7152 * Linear((argb >> 8) & 255)) + (0.0722 * Linear(argb & 255));
    }
}
