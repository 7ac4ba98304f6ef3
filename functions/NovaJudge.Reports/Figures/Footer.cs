using System.Globalization;

namespace NovaJudge.Reports.Figures;

/// <summary>What the judge is, what warns, and which run this was.</summary>
internal static class Footer
{
    public static MarkGroup Draw(FigureData data, Box area)
    {
        var sketch = new Sketch(area);
        var metrics = data.Metrics;
        var run = string.Create(
            CultureInfo.InvariantCulture,
            $"{FigureText.Clean(metrics.Suite)}  ·  run {metrics.RunId}  ·  {metrics.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        var runWidth = sketch.Text(run, area.Right, area.Y + 36, 16, Ink.Muted, anchor: TextAnchor.End, maxWidth: 700);
        var lines = FigureFont.Wrap(Notes(data), area.Width - runWidth - 60, 2, 16, FontWeight.Regular);
        var y = area.Y + (lines.Count == 1 ? 36 : 25);
        foreach (var line in lines)
        {
            sketch.Text(line, area.X, y, 16, Ink.Muted);
            y += 22;
        }

        return sketch.Finish("footer", "Judge and run");
    }

    private static string Notes(FigureData data)
    {
        List<string> notes = [];
        if (data.Metrics.Judge.Disclaimer is { Length: > 0 } disclaimer)
        {
            notes.Add(AlternativeText.Ended(disclaimer));
        }

        notes.Add("Score: B's wins plus half the ties and inconsistent verdicts, over prompts with a verdict.");
        if (data.Metrics.Warnings.Count > 0)
        {
            notes.Add("Note: " + AlternativeText.Ended(data.Metrics.Warnings[0]));
        }

        return string.Join(' ', notes);
    }
}
