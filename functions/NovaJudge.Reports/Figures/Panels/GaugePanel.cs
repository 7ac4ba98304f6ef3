namespace NovaJudge.Reports.Figures.Panels;

/// <summary>B's score as a needle: 0% at the left end, 100% at the right end.</summary>
internal sealed class GaugePanel : IPanel
{
    private const float Largest = 222;
    private const float Thickness = 42;
    private const float Above = 34;
    private const float Below = 73;

    public string Id => "gauge";

    public string Title => "Win-rate gauge";

    public string UnitOf(FigureData data) => data.Score is { } score
        ? $"B's score by prompt (wins + ½ ties), {Numerals.Of(score.N, "prompt")}"
        : "B's score by prompt (wins + ½ ties)";

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        var outer = Math.Min(Largest, (area.Width / 2) - 4);
        var inner = outer - Thickness;
        var (x, y) = (area.CenterX, area.CenterY + ((Above + outer - Below) / 2));
        sketch.Path(Arcs.Gauge(x, y, outer, inner, 0, 1), Ink.Grid);
        if (data.Score is { } score)
        {
            sketch.Path(Arcs.Gauge(x, y, outer, inner, 0, score.Value), Leaning.Of(score, undecided: Ink.Tie));
            sketch.Path(Arcs.Gauge(x, y, inner - 8, inner - 16, score.Low, Math.Max(score.High, score.Low + 0.002)), Ink.Error);
        }

        var (always, aside) = outer < Largest ? ("", 0) : ("always ", 20);
        var (topX, topY) = Arcs.OnGauge(x, y, outer + 8, 0.5);
        sketch.Line(topX, topY, topX, y - inner, Ink.Text, 2);
        sketch.Text("50%", topX, topY - 6, 17, Ink.Muted, anchor: TextAnchor.Middle);
        sketch.Text("0%", x - outer + 21, y + 26, 17, Ink.Muted, anchor: TextAnchor.Middle);
        sketch.Text($"A {always}better", x - outer - aside, y + 50, 16, Ink.Muted);
        sketch.Text("100%", x + outer - 21, y + 26, 17, Ink.Muted, anchor: TextAnchor.Middle);
        sketch.Text($"B {always}better", x + outer + aside, y + 50, 16, Ink.Muted, anchor: TextAnchor.End);
        Needle(data, sketch, x, y, outer);
    }

    private static void Needle(FigureData data, Sketch sketch, float x, float y, float outer)
    {
        if (data.Score is not { } score)
        {
            sketch.Text("No scored prompts", x, y - 24, 24, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle);
            return;
        }

        var (tipX, tipY) = Arcs.OnGauge(x, y, outer - 2, score.Value);
        var (fromX, fromY) = Arcs.OnGauge(x, y, outer - Thickness - 44, score.Value);
        sketch.Line(fromX, fromY, tipX, tipY, Ink.Card, 10, round: true);
        sketch.Line(fromX, fromY, tipX, tipY, Ink.Text, 5, round: true);
        sketch.Text(Numerals.Percent(score.Value), x, y - 14, 60, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle);
        sketch.Text($"{AlternativeText.Level(score)} interval", x, y + 22, 17, Ink.Muted, anchor: TextAnchor.Middle);
        sketch.Text($"{Numerals.Percent(score.Low)} to {Numerals.Percent(score.High)}", x, y + 46, 18, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle);
    }
}
