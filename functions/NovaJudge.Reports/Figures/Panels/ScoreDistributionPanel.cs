namespace NovaJudge.Reports.Figures.Panels;

/// <summary>The judge's own counts, as it reported them.</summary>
internal sealed class ScoreDistributionPanel : IPanel
{
    private const float AxisWidth = 52;

    public string Id => "score-distribution";

    public string Title => "Score distribution";

    public string UnitOf(FigureData data) => $"Judge passes: {Numerals.Count(data.Passes)} as reported, errors included";

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        Part[] bars = [new("A scores", data.PassesA, Ink.A), new("B scores", data.PassesB, Ink.B), new("Ties", data.PassTies, Ink.Tie), new("Errors", data.PassErrors, Ink.Error)];
        var plot = area.Inset(AxisWidth, 46, 0, 34);
        var (top, step) = Scale(Math.Max(Math.Max(data.PassesA, data.PassesB), Math.Max(data.PassTies, data.PassErrors)));
        for (var tick = 0d; tick <= top + (step / 2); tick += step)
        {
            var y = plot.Bottom - (float)(tick / top * plot.Height);
            sketch.Line(plot.X, y, plot.Right, y, tick == 0 ? Ink.Muted : Ink.Grid, tick == 0 ? 1.5f : 1);
            sketch.Text(Numerals.Tick(tick), plot.X - 12, y + 6, 16, Ink.Muted, anchor: TextAnchor.End);
        }

        var slot = plot.Width / bars.Length;
        for (var index = 0; index < bars.Length; index++)
        {
            var (label, count, ink) = bars[index];
            var center = plot.X + ((index + 0.5f) * slot);
            var height = (float)(count / top * plot.Height);
            sketch.Rect(new Box(center - 32, plot.Bottom - height, 64, height), ink, Math.Min(4, height / 2));
            sketch.Text(Fitting(count, slot), center, plot.Bottom - height - 30, 20, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle, maxWidth: slot);
            sketch.Text(Numerals.Percent(Numerals.Share(count, data.Passes)), center, plot.Bottom - height - 9, 16, Ink.Muted, anchor: TextAnchor.Middle, maxWidth: slot);
            sketch.Text(label, center, plot.Bottom + 27, 17, anchor: TextAnchor.Middle, maxWidth: slot);
        }
    }

    /// <summary>The count in full where there is room for it: a number must never be cut.</summary>
    private static string Fitting(double count, float room)
    {
        var full = Numerals.Short(count);
        return FigureFont.Measure(full, 20, FontWeight.SemiBold) <= room ? full : Numerals.Tick(count);
    }

    /// <summary>Whole ticks of 1, 2 or 5 times a power of ten, at most five of them.</summary>
    private static (double Top, double Step) Scale(double largest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, largest / 4))));
        var factor = largest <= 4 * power ? 1 : largest <= 8 * power ? 2 : largest <= 20 * power ? 5 : 10;
        var step = Math.Max(1, factor * power);
        return (Math.Max(1, Math.Ceiling(largest / step)) * step, step);
    }
}
