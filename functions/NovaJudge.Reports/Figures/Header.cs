using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures;

/// <summary>The verdict, who is A and who is B, and what was asked.</summary>
internal static class Header
{
    /// <summary>What names leave to the facts at the right, however long they are.</summary>
    private const float LeastFacts = 560;

    private static readonly float[] TitleSizes = [40, 36, 32, 29];

    public static MarkGroup Draw(FigureData data, Box area)
    {
        var sketch = new Sketch(area);
        var (lines, size) = Title(data, area.Width);
        var y = area.Y + size + (lines.Count == 1 ? 18 : 0);
        foreach (var line in lines)
        {
            sketch.Text(line, area.X, y, size, weight: FontWeight.SemiBold, maxWidth: area.Width);
            y += size * 1.22f;
        }

        var facts = Facts(data.Metrics);
        var baseline = area.Bottom - 14;
        var kept = Math.Min(LeastFacts, FigureFont.Measure(facts, 18, FontWeight.Regular));
        var used = Model(sketch, area.X, baseline, (area.Width - kept - 80) / 2, "A", data.NameA, data.Metrics.Models.A, Ink.A) + 36;
        used += Model(sketch, area.X + used, baseline, area.Width - kept - used - 40, "B", data.NameB, data.Metrics.Models.B, Ink.B) + 40;
        sketch.Text(facts, area.Right, baseline, 18, Ink.Muted, anchor: TextAnchor.End, maxWidth: area.Width - used);
        return sketch.Finish("header", "Verdict and models");
    }

    private static (IReadOnlyList<string> Lines, float Size) Title(FigureData data, float width)
    {
        foreach (var size in TitleSizes)
        {
            var lines = FigureFont.Wrap(data.Sentence(width, size, FontWeight.SemiBold), width, 3, size, FontWeight.SemiBold);
            if (lines.Count <= 2)
            {
                return (lines, size);
            }
        }

        var smallest = TitleSizes[^1];
        return (FigureFont.Wrap(data.Sentence(width, smallest, FontWeight.SemiBold), width, 2, smallest, FontWeight.SemiBold), smallest);
    }

    private static float Model(Sketch sketch, float x, float baseline, float room, string letter, string name, ModelDescription model, Ink ink)
    {
        sketch.Rect(new Box(x, baseline - 21, 28, 28), ink, 6);
        sketch.Text(letter, x + 14, baseline, 19, Ink.Card, FontWeight.SemiBold, TextAnchor.Middle);
        var label = FigureText.Clean(model.Label ?? "");
        var labelWidth = label.Length == 0 ? 0 : Math.Min(200, FigureFont.Measure(label, 16, FontWeight.Regular) + 20);
        var left = x + 40;
        var width = sketch.Text(name.Length == 0 ? $"Model {letter}" : name, left, baseline, 20, weight: FontWeight.SemiBold, maxWidth: room - 40 - (labelWidth > 0 ? labelWidth + 12 : 0));
        if (labelWidth > 0)
        {
            left += width + 12;
            sketch.Rect(new Box(left, baseline - 20, labelWidth, 27), Ink.Card, 13.5f, Ink.Border);
            sketch.Text(label, left + (labelWidth / 2), baseline - 1, 16, Ink.Muted, anchor: TextAnchor.Middle, maxWidth: labelWidth - 16);
            width = labelWidth;
        }

        return left + width - x;
    }

    private static string Facts(RunMetrics metrics) => string.Join(
        "  ·  ",
        FigureText.Clean(metrics.Dataset.Source),
        Numerals.Of(metrics.Dataset.Sampled, "prompt"),
        "judge " + FigureText.Clean(metrics.Judge.Name));
}
