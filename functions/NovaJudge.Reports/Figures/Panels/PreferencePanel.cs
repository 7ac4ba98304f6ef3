namespace NovaJudge.Reports.Figures.Panels;

/// <summary>How the prompts with a verdict fell.</summary>
internal sealed class PreferencePanel : IPanel
{
    private const float Outer = 128;
    private const float Inner = 82;

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

        var (x, y) = (area.X + Outer + 4, area.CenterY);
        Donut(sketch, x, y, total, parts);
        var shown = Numerals.Short(total);
        sketch.Text(shown, x, y + 5, shown.Length > 7 ? 26 : 34, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle);
        sketch.Text(total == 1 ? "scored prompt" : "scored prompts", x, y + 32, 17, Ink.Muted, anchor: TextAnchor.Middle);

        var left = x + Outer + 40;
        var top = area.CenterY - (parts.Length * 62 / 2f);
        for (var index = 0; index < parts.Length; index++)
        {
            var (label, count, ink) = parts[index];
            var line = top + (index * 62);
            sketch.Rect(new Box(left, line + 8, 18, 18), ink, 4);
            sketch.Text(label, left + 30, line + 23, 18, maxWidth: area.Right - left - 30);
            var width = sketch.Text(Numerals.Short(count), left + 30, line + 46, 18, weight: FontWeight.SemiBold);
            sketch.Text(Numerals.Percent(Numerals.Share(count, total)), left + 30 + width + 10, line + 46, 18, Ink.Muted);
        }
    }

    private static void Donut(Sketch sketch, float x, float y, double total, Part[] parts)
    {
        if (total <= 0)
        {
            sketch.Path(Arcs.Ring(x, y, Outer, Inner, 0, 1), Ink.Grid);
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
            sketch.Path(Arcs.Ring(x, y, Outer, Inner, from, to), ink, count < total ? Ink.Card : null, 2);
            from = to;
        }
    }
}
