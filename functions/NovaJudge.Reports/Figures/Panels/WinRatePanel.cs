using System.Globalization;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures.Panels;

/// <summary>B against A with intervals, against the line of no preference.</summary>
internal sealed class WinRatePanel : IPanel
{
    private const float OneLine = 440;
    private static readonly double[] Ticks = [0, 0.25, 0.5, 0.75, 1];

    public string Id => "win-rate";

    public string Title => "B vs A win rate";

    public string UnitOf(FigureData data)
    {
        var level = (data.Score ?? data.WinRate) is { } estimate ? AlternativeText.Level(estimate) : "95%";
        return $"B's share with {level} intervals; 0.5 means no preference";
    }

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        var rows = new[]
        {
            new Row("Score: wins + ½ ties", Unit(data.Score, "prompt", "prompts"), data.Score, Headline: true),
            new Row("Win rate", Unit(data.WinRate, "decisive prompt", "decisive prompts"), data.WinRate, Headline: false),
            new Row("Judge's rate", Unit(data.JudgeWinRate, "decisive pass", "decisive passes"), data.JudgeWinRate, Headline: false),
        };
        var height = (area.Height - 50) / rows.Length;
        for (var index = 0; index < rows.Length; index++)
        {
            Draw(sketch, area with { Y = area.Y + (index * height), Height = height }, rows[index]);
        }

        var bottom = area.Bottom - 50;
        foreach (var tick in Ticks)
        {
            sketch.Text(tick.ToString("0.##", CultureInfo.InvariantCulture), At(area, tick), bottom + 16, 16, Ink.Muted, anchor: TextAnchor.Middle);
        }

        sketch.Text("← A better", area.X, bottom + 46, 17, Ink.Muted);
        sketch.Text("B better →", area.Right, bottom + 46, 17, Ink.Muted, anchor: TextAnchor.End);
    }

    private static string Unit(Estimate? estimate, string one, string many) =>
        estimate is null ? many : $"{(estimate.N < 100_000 ? Numerals.Count(estimate.N) : Numerals.Tick(estimate.N))} {(estimate.N == 1 ? one : many)}";

    /// <summary>The axis is a little shorter than the strip, so that nothing at 0 or 1 touches its ends.</summary>
    private static float At(Box area, double rate) => area.X + 16 + (float)(rate * (area.Width - 32));

    private static void Draw(Sketch sketch, Box area, Row row)
    {
        var (label, unit, estimate, headline) = row;
        var values = estimate is null
            ? "none"
            : $"{Numerals.Rate(estimate.Value)}  [{Numerals.Rate(estimate.Low)}, {Numerals.Rate(estimate.High)}]";
        var narrow = area.Width < OneLine;
        var taken = narrow
            ? sketch.Text(values, area.X, area.Y + 40, 17, weight: FontWeight.SemiBold)
            : sketch.Text(values, area.Right, area.Y + 17, 17, weight: FontWeight.SemiBold, anchor: TextAnchor.End);
        var room = narrow ? area.Width : area.Width - taken - 16;
        var width = sketch.Text(label, area.X, area.Y + 17, 17, weight: headline ? FontWeight.SemiBold : FontWeight.Regular, maxWidth: room);
        sketch.Text(unit, area.X + width + 9, area.Y + 17, 16, Ink.Muted, maxWidth: room - width - 9);

        var strip = area.Inset(0, narrow ? 50 : 28, 0, 16);
        sketch.Rect(strip, Ink.Stripe, 6);
        foreach (var tick in Ticks)
        {
            var middle = tick == 0.5;
            sketch.Line(At(strip, tick), strip.Y, At(strip, tick), strip.Bottom, middle ? Ink.Muted : Ink.Border, middle ? 2 : 1, middle ? 5 : 0);
        }

        if (estimate is not null)
        {
            Whisker(sketch, strip, estimate, headline);
        }
    }

    private static void Whisker(Sketch sketch, Box strip, Estimate estimate, bool headline)
    {
        var ink = Leaning.Of(estimate, undecided: Ink.Error);
        var (low, high, y) = (At(strip, estimate.Low), At(strip, estimate.High), strip.CenterY);
        var (thick, cap, radius) = headline ? (5f, 13f, 10f) : (3f, 9f, 7f);
        sketch.Line(low, y, high, y, ink, thick);
        sketch.Line(low, y - cap, low, y + cap, ink, thick);
        sketch.Line(high, y - cap, high, y + cap, ink, thick);
        sketch.Circle(At(strip, estimate.Value), y, radius, ink, Ink.Card, 2);
    }

    private sealed record Row(string Label, string Unit, Estimate? Estimate, bool Headline);
}
