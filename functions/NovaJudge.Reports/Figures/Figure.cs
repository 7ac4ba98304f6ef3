using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures.Panels;

namespace NovaJudge.Reports.Figures;

/// <summary>
/// The six-panel figure of a run, laid out once and painted as PNG or SVG. Deterministic: equal metrics give equal SVG
/// everywhere and equal PNG on one platform. 1800 by 1200 pixels, no text under 16.
/// </summary>
public sealed class Figure
{
    public const int Width = 1800;

    public const int Height = 1200;

    private const float Margin = 48;
    private const float Gap = 24;
    private const float PanelsTop = 208;
    private const float PanelsBottom = 1122;

    private static readonly IPanel[] Panels =
    [
        new ScoreDistributionPanel(), new WinRatePanel(), new PreferencePanel(),
        new ComparisonPanel(), new GaugePanel(), new SummaryPanel(),
    ];

    /// <summary>A panel for a phone: so narrow that its smallest text is still 13 pixels where there are 328 for it.</summary>
    private static readonly Box NarrowPlace = new(0, 0, 400, 490);

    private readonly FigureData _data;

    private Figure(string title, FigureData data, IReadOnlyList<MarkGroup> groups) =>
        (Title, AlternativeText, Groups, _data) = (title, Figures.AlternativeText.Of(data), groups, data);

    /// <summary>The verdict in one sentence.</summary>
    public string Title { get; }

    /// <summary>The figure in words.</summary>
    public string AlternativeText { get; }

    internal IReadOnlyList<MarkGroup> Groups { get; }

    /// <summary>Lays the figure out.</summary>
    public static Figure Compose(RunMetrics metrics)
    {
        var data = new FigureData(metrics);
        return new Figure(
            FigureText.Clean(metrics.Verdict.Sentence),
            data,
            [
                Backdrop(),
                Header.Draw(data, new Box(Margin, 30, Width - (2 * Margin), PanelsTop - 48)),
                .. Panels.Select((panel, index) => Draw(panel, data, PlaceOf(index))),
                Footer.Draw(data, new Box(Margin, PanelsBottom + 8, Width - (2 * Margin), Height - PanelsBottom - 22)),
            ]);
    }

    /// <summary>Writes the figure as PNG.</summary>
    public void WritePng(Stream output, FigureTheme theme) => PngPainter.Paint(this, theme, output);

    /// <summary>The figure as an SVG file of its own.</summary>
    public string ToSvg(FigureTheme theme) => SvgPainter.PaintFile(this, theme);

    /// <summary>The six panels as parts of a page that defines the colours, each as two drawings, of which the page shows the one that fits.</summary>
    internal IEnumerable<(string Wide, string Narrow)> InlinePanels() => Groups
        .Where(group => group.IsPanel)
        .Zip(NarrowPanels(), (wide, narrow) => (SvgPainter.PaintGroup(wide, natural: false), SvgPainter.PaintGroup(narrow, natural: false)));

    /// <summary>The six panels, laid out for little room.</summary>
    internal IEnumerable<MarkGroup> NarrowPanels() => Panels.Select(panel => Draw(panel, _data, NarrowPlace));

    private static MarkGroup Backdrop()
    {
        var sketch = new Sketch(new Box(0, 0, Width, Height));
        sketch.Rect(sketch.Bounds, Ink.Backdrop);
        return sketch.Finish("backdrop", "");
    }

    private static Box PlaceOf(int index)
    {
        const float width = (Width - (2 * Margin) - (2 * Gap)) / 3;
        const float height = (PanelsBottom - PanelsTop - Gap) / 2;
        return new Box(Margin + (index % 3 * (width + Gap)), PanelsTop + (index / 3 * (height + Gap)), width, height);
    }

    private static MarkGroup Draw(IPanel panel, FigureData data, Box place)
    {
        var sketch = new Sketch(place);
        sketch.Rect(place, Ink.Card, 12, Ink.Border);
        var inside = place.Width <= NarrowPlace.Width ? place.Inset(14, 20, 14, 20) : place.Inset(28, 26, 28, 24);
        sketch.Text(panel.Title, inside.X, inside.Y + 19, 23, weight: FontWeight.SemiBold, maxWidth: inside.Width);
        var unit = FigureFont.Wrap(panel.UnitOf(data), inside.Width, 2, 17, FontWeight.Regular);
        for (var line = 0; line < unit.Count; line++)
        {
            sketch.Text(unit[line], inside.X, inside.Y + 46 + (line * 22), 17, Ink.Muted, maxWidth: inside.Width);
        }

        panel.Draw(data, sketch, inside.Inset(0, 66 + ((unit.Count - 1) * 22), 0, 0));
        return sketch.Finish(panel.Id, $"{panel.Title}, {panel.UnitOf(data)}") with { IsPanel = true };
    }
}
