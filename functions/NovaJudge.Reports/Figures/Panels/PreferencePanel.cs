namespace NovaJudge.Reports.Figures.Panels;

/// <summary>How the prompts with a verdict fell.</summary>
internal sealed class PreferencePanel : IPanel
{
    private const float Outer = 128;
    private const float Inner = 82;
    private const float SideBySide = 440;
    private const float LegendLine = 62;

    public string Id => "preference";

    public string Title => "Preference distribution";

    public string UnitOf(FigureData data) => data.WithoutVerdict > 0
        ? $"Valid verdicts only, by prompt; {Numerals.Count(data.WithoutVerdict)} of {Numerals.Count(data.Outcomes.Total)} without"
        : "Valid verdicts only, by prompt";

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        Part[] parts =
        [
            new("A preferred", data.Outcomes.A, Ink.A), new("B preferred", data.Outcomes.B, Ink.B),
            new("Tie", data.Outcomes.Tie, Ink.Tie), new("Inconsistent", data.Outcomes.Inconsistent, Ink.Inconsistent),
        ];
        var total = 0d;
        foreach (var part in parts)
        {
            total += part.Count;
        }

        if (area.Width >= SideBySide)
        {
            Donut(sketch, area.X + Outer + 4, area.CenterY, Outer, Inner, total, parts);
            var left = area.X + (2 * Outer) + 44;
            var top = area.CenterY - (parts.Length * LegendLine / 2);
            for (var index = 0; index < parts.Length; index++)
            {
                Legend(sketch, left, top + (index * LegendLine), area.Right, parts[index], total);
            }
        }
        else
        {
            var legend = area.Bottom - (2 * LegendLine) + 12;
            var outer = Math.Min(Outer, (legend - area.Y - 16) / 2);
            Donut(sketch, area.CenterX, area.Y + outer, outer, outer - 40, total, parts);
            for (var index = 0; index < parts.Length; index++)
            {
                var left = index % 2 == 0 ? area.X : area.CenterX + 8;
                Legend(sketch, left, legend + (index / 2 * LegendLine), left + (area.Width / 2) - 8, parts[index], total);
            }
        }
    }

    private static void Legend(Sketch sketch, float left, float top, float right, Part part, double total)
    {
        sketch.Rect(new Box(left, top + 8, 18, 18), part.Ink, 4);
        sketch.Text(part.Label, left + 30, top + 23, 18, maxWidth: right - left - 30);
        var width = sketch.Text(Numerals.Short(part.Count), left + 30, top + 46, 18, weight: FontWeight.SemiBold);
        sketch.Text(Numerals.Percent(Numerals.Share(part.Count, total)), left + 30 + width + 10, top + 46, 18, Ink.Muted);
    }

    private static void Donut(Sketch sketch, float x, float y, float outer, float inner, double total, Part[] parts)
    {
        Ring(sketch, x, y, outer, inner, total, parts);
        var shown = Numerals.Short(total);
        sketch.Text(shown, x, y + 5, shown.Length > 7 ? 26 : 34, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle);
        sketch.Text(total == 1 ? "scored prompt" : "scored prompts", x, y + 32, 17, Ink.Muted, anchor: TextAnchor.Middle);
    }

    private static void Ring(Sketch sketch, float x, float y, float outer, float inner, double total, Part[] parts)
    {
        if (total <= 0)
        {
            sketch.Path(Arcs.Ring(x, y, outer, inner, 0, 1), Ink.Grid);
            return;
        }

        var from = 0d;
        foreach (var (_, count, ink) in parts)
        {
            if (count <= 0)
            {
                continue;
            }

            var to = from + (count / total);
            sketch.Path(Arcs.Ring(x, y, outer, inner, from, to), ink, count < total ? Ink.Card : null, 2);
            from = to;
        }
    }
}
