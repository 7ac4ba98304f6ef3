using System.Globalization;
using System.Text;

namespace NovaJudge.Reports.Figures;

/// <summary>
/// Paints a figure as SVG. Text stays text: it can be read aloud, found and selected, and keeps its measured width
/// (<c>textLength</c>) where the font is missing.
/// </summary>
internal static class SvgPainter
{
    private const string Fonts = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    /// <summary>A file of its own: colours in every element, since not every program that opens SVG knows style sheets.</summary>
    public static string PaintFile(Figure figure, FigureTheme theme)
    {
        var svg = new StringBuilder(48 * 1024);
        svg.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Paint(svg, figure, theme);
        return svg.ToString();
    }

    /// <summary>
    /// One group as a part of a page: colours by class (<c>f-</c> fill, <c>s-</c> stroke and the ink's name), so that they follow the page's theme.
    /// A drawing of natural size is never scaled; any other fills the width it is given.
    /// </summary>
    public static string PaintGroup(MarkGroup group, bool natural)
    {
        // Half a pixel around, for the line at the edge.
        var box = new Box(group.Bounds.X - 0.5f, group.Bounds.Y - 0.5f, group.Bounds.Width + 1, group.Bounds.Height + 1);
        var svg = new StringBuilder(8 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"{box.X:0.##} {box.Y:0.##} {box.Width:0.##} {box.Height:0.##}\"");
        if (natural)
        {
            svg.Append(CultureInfo.InvariantCulture, $" width=\"{box.Width:0.##}\" height=\"{box.Height:0.##}\"");
        }

        svg.Append(CultureInfo.InvariantCulture, $" role=\"img\" aria-label=\"{Escape(group.Label)}\" font-family=\"{Fonts}\">\n");
        foreach (var mark in group.Marks)
        {
            Append(svg, mark, theme: null);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Paint(StringBuilder svg, Figure figure, FigureTheme theme)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Figure.Width} {Figure.Height}" width="{Figure.Width}" height="{Figure.Height}" role="img" aria-labelledby="figure-title figure-description" font-family="{Fonts}">
            <title id="figure-title">{Escape(figure.Title)}</title>
            <desc id="figure-description">{Escape(figure.AlternativeText)}</desc>

            """);
        foreach (var group in figure.Groups)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g id=\"figure-{group.Id}\" aria-label=\"{Escape(group.Label)}\">\n");
            foreach (var mark in group.Marks)
            {
                Append(svg, mark, theme);
            }

            svg.Append("</g>\n");
        }

        svg.Append("</svg>\n");
    }

    private static void Append(StringBuilder svg, Mark mark, FigureTheme? theme)
    {
        var colors = Colors(mark, theme);
        switch (mark)
        {
            case RectMark { Box: var box } rect:
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.X:0.##}\" y=\"{box.Y:0.##}\" width=\"{box.Width:0.##}\" height=\"{box.Height:0.##}\"");
                if (rect.Radius > 0)
                {
                    svg.Append(CultureInfo.InvariantCulture, $" rx=\"{rect.Radius:0.##}\"");
                }

                break;
            case PathMark path:
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path.Data}\"");
                if (path.Stroke is not null)
                {
                    svg.Append(CultureInfo.InvariantCulture, $" stroke-width=\"{path.Width:0.##}\"");
                }

                if (path.Dash > 0)
                {
                    svg.Append(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{path.Dash:0.##}\"");
                }

                if (path.Round)
                {
                    svg.Append(" stroke-linecap=\"round\"");
                }

                break;
            case TextMark text:
                var weight = text.Weight == FontWeight.SemiBold ? " font-weight=\"600\"" : "";
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{text.X:0.##}\" y=\"{text.Y:0.##}\" font-size=\"{text.Size:0.##}\"{weight} textLength=\"{text.Width:0.##}\" lengthAdjust=\"spacingAndGlyphs\"{colors}>{Escape(text.Text)}</text>\n");
                return;
        }

        svg.Append(colors).Append("/>\n");
    }

    private static string Colors(Mark mark, FigureTheme? theme)
    {
        var (fill, stroke) = mark switch
        {
            RectMark rect => ((Ink?)rect.Fill, rect.Stroke),
            PathMark path => (path.Fill, path.Stroke),
            TextMark text => (text.Ink, null),
            _ => (null, null),
        };
        if (theme is null)
        {
            IEnumerable<string> classes = [fill is { } f ? "f-" + InkNames.ClassOf(f) : "f-none", .. stroke is { } s ? ["s-" + InkNames.ClassOf(s)] : Array.Empty<string>()];
            return $" class=\"{string.Join(' ', classes)}\"";
        }

        var strokeColor = stroke is { } ink ? $" stroke=\"{theme.Hex(ink)}\"" : "";
        return $" fill=\"{(fill is { } inside ? theme.Hex(inside) : "none")}\"{strokeColor}";
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
