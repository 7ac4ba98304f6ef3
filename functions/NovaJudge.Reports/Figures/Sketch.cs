using System.Globalization;

namespace NovaJudge.Reports.Figures;

/// <summary>Collects the marks of one group.</summary>
internal sealed class Sketch(Box bounds)
{
    /// <summary>The smallest text of a figure, in pixels.</summary>
    public const float SmallestText = 16;

    private readonly List<Mark> _marks = [];

    public Box Bounds => bounds;

    public MarkGroup Finish(string id, string label) => new(id, label, bounds, [.. _marks]);

    public void Rect(Box box, Ink fill, float radius = 0, Ink? stroke = null)
    {
        if (box is { Width: > 0, Height: > 0 })
        {
            _marks.Add(new RectMark(box, fill, radius, stroke));
        }
    }

    public void Line(float x1, float y1, float x2, float y2, Ink ink, float width = 1, float dash = 0, bool round = false) =>
        Path(string.Create(CultureInfo.InvariantCulture, $"M{x1:0.##} {y1:0.##}L{x2:0.##} {y2:0.##}"), stroke: ink, width: width, dash: dash, round: round);

    public void Circle(float x, float y, float radius, Ink? fill, Ink? stroke = null, float width = 1) =>
        Path(
            string.Create(CultureInfo.InvariantCulture, $"M{x - radius:0.##} {y:0.##}A{radius:0.##} {radius:0.##} 0 1 1 {x + radius:0.##} {y:0.##}A{radius:0.##} {radius:0.##} 0 1 1 {x - radius:0.##} {y:0.##}Z"),
            fill, stroke, width);

    public void Path(string data, Ink? fill = null, Ink? stroke = null, float width = 1, float dash = 0, bool round = false) =>
        _marks.Add(new PathMark(data, fill, stroke, width, dash, round));

    /// <summary>One line of text, shortened to its width; gives the width that it takes.</summary>
    public float Text(
        string text, float x, float y, float size, Ink ink = Ink.Text, FontWeight weight = FontWeight.Regular,
        TextAnchor anchor = TextAnchor.Start, float maxWidth = float.PositiveInfinity)
    {
        var shown = FigureFont.Fit(text, maxWidth, size, weight);
        if (shown.Length == 0)
        {
            return 0;
        }

        var width = FigureFont.Measure(shown, size, weight);
        var left = anchor switch
        {
            TextAnchor.Middle => x - (width / 2),
            TextAnchor.End => x - width,
            _ => x,
        };
        _marks.Add(new TextMark(shown, left, y, width, size, weight, ink));
        return width;
    }
}
