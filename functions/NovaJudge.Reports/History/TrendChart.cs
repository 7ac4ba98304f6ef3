using System.Globalization;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.History;

/// <summary>Scores over runs against the line of no preference: each with its own interval, on the band of the suite's confidence sequence.</summary>
internal static class TrendChart
{
    /// <summary>Runs before the last so many are left out of the drawing.</summary>
    public const int MostRuns = 60;

    private const float Height = 280;
    private const float AxisWidth = 64;
    private const float NarrowestSlot = 56;
    private const float WidestSlot = 96;
    private const float WantedWidth = 1000;

    /// <summary>The runs, oldest first, as an inline SVG in the colours of the page.</summary>
    public static string Draw(IReadOnlyList<TrendPoint> runs)
    {
        var shown = runs.Skip(Math.Max(0, runs.Count - MostRuns)).ToArray();
        var slot = Math.Clamp(WantedWidth / Math.Max(1, shown.Length), NarrowestSlot, WidestSlot);
        var sketch = new Sketch(new Box(0, 0, (slot * Math.Max(3, shown.Length)) + AxisWidth, Height));
        var plot = new Plot(sketch.Bounds.Inset(0, 16, AxisWidth, 52), Reach(shown));
        for (var index = 0; index < shown.Length; index++)
        {
            Band(sketch, plot, plot.Area.X + (index * slot), slot, shown[index]);
        }

        for (var tick = -2; tick <= 2; tick++)
        {
            var share = 0.5 + (tick * plot.Reach / 2);
            var y = plot.At(share);
            var middle = tick == 0;
            sketch.Line(plot.Area.X, y, plot.Area.Right, y, middle ? Ink.Muted : Ink.Border, middle ? 2 : 1, middle ? 6 : 0);
            sketch.Text((share * 100).ToString("0.#'%'", CultureInfo.InvariantCulture), plot.Area.Right + 10, y + 6, 16, Ink.Muted);
        }

        for (var index = 0; index < shown.Length; index++)
        {
            Run(sketch, plot, plot.Area.X + ((index + 0.5f) * slot), shown[index].Run, index == 0 ? null : shown[index - 1].Run);
        }

        return SvgPainter.PaintGroup(sketch.Finish("trend", Words(shown)), natural: true);
    }

    /// <summary>Bands of neighbouring runs touch, so that they read as one.</summary>
    private static void Band(Sketch sketch, Plot plot, float x, float width, TrendPoint point)
    {
        if (point.Sequence is { } sequence)
        {
            var (top, bottom) = (plot.At(sequence.High), plot.At(sequence.Low));
            sketch.Rect(new Box(x, top, width, Math.Max(1, bottom - top)), sequence.Low > 0.5 ? Ink.SoftB : sequence.High < 0.5 ? Ink.SoftA : Ink.Grid);
        }
    }

    private static void Run(Sketch sketch, Plot plot, float x, RunSummary run, RunSummary? before)
    {
        var date = run.CreatedAt.UtcDateTime;
        if (before is null || before.CreatedAt.UtcDateTime.Date != date.Date)
        {
            sketch.Text(date.ToString("MM-dd", CultureInfo.InvariantCulture), x, plot.Area.Bottom + 24, 16, Ink.Muted, anchor: TextAnchor.Middle);
        }

        if (before is null || before.CreatedAt.UtcDateTime.Year != date.Year)
        {
            sketch.Text(date.ToString("yyyy", CultureInfo.InvariantCulture), x, plot.Area.Bottom + 46, 16, Ink.Muted, anchor: TextAnchor.Middle);
        }

        if (run.Score is not { } score || !double.IsFinite(score))
        {
            sketch.Text("none", x, plot.At(0.5) - 8, 16, Ink.Muted, anchor: TextAnchor.Middle);
            return;
        }

        var (low, high) = run.Interval is [var l, var h] && double.IsFinite(l) && double.IsFinite(h) ? (l, h) : (score, score);
        var ink = low > 0.5 ? Ink.B : high < 0.5 ? Ink.A : Ink.Error;
        sketch.Line(x, plot.At(low), x, plot.At(high), ink, 3);
        sketch.Line(x - 8, plot.At(low), x + 8, plot.At(low), ink, 3);
        sketch.Line(x - 8, plot.At(high), x + 8, plot.At(high), ink, 3);
        sketch.Circle(x, plot.At(score), 7, ink, Ink.Card, 2);
    }

    /// <summary>How far the axis reaches to both sides of 0.5: as far as the runs need.</summary>
    private static double Reach(TrendPoint[] runs)
    {
        var farthest = runs.SelectMany(point => (IEnumerable<double>)[point.Run.Score ?? 0.5, .. point.Run.Interval ?? [], point.Sequence?.Low ?? 0.5, point.Sequence?.High ?? 0.5])
            .Where(double.IsFinite).Select(value => Math.Abs(value - 0.5)).DefaultIfEmpty(0).Max();
        return farthest switch
        {
            <= 0.1 => 0.1,
            <= 0.2 => 0.2,
            <= 0.4 => 0.4,
            _ => 0.5,
        };
    }

    private static string Words(TrendPoint[] runs) =>
        $"Score of B over {Numerals.Of(runs.Length, "run")}: "
        + string.Join(", ", runs.Select(point => point.Run.Score is { } score && double.IsFinite(score) ? Numerals.Percent(score) : "none"))
        + (runs is [.., { Sequence: { } last }] ? $". Confidence sequence at the last run: {Numerals.Percent(last.Low)} to {Numerals.Percent(last.High)}" : "");

    private sealed record Plot(Box Area, double Reach)
    {
        public float At(double share) => Area.CenterY - (float)((Math.Clamp(share, 0, 1) - 0.5) / Reach * (Area.Height / 2));
    }
}
