using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures.Panels;

/// <summary>The numbers themselves.</summary>
internal sealed class SummaryPanel : IPanel
{
    private static readonly string[] Prompts = ["prompts"];
    private static readonly string[] Passes = ["passes"];

    public string Id => "summary";

    public string Title => "Summary statistics";

    public string UnitOf(FigureData data) => "Each row names what it counts";

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        var rows = Rows(data);
        var height = area.Height / rows.Length;
        for (var index = 0; index < rows.Length; index++)
        {
            var (label, units, value) = rows[index];
            var top = area.Y + (index * height);
            if (index % 2 == 0)
            {
                sketch.Rect(new Box(area.X - 12, top, area.Width + 24, height), Ink.Stripe, 5);
            }

            var baseline = top + (height / 2) + 6;
            var taken = sketch.Text(value, area.Right, baseline, 17, weight: FontWeight.SemiBold, anchor: TextAnchor.End, maxWidth: area.Width * 0.55f);
            var room = area.Width - taken - 12;
            var width = sketch.Text(label, area.X, baseline, 17, maxWidth: room);
            if (units.FirstOrDefault(unit => FigureFont.Measure(unit, 16, FontWeight.Regular) <= room - width - 8) is { } fitting)
            {
                sketch.Text(fitting, area.X + width + 8, baseline, 16, Ink.Muted);
            }
        }
    }

    private static Row[] Rows(FigureData data)
    {
        var outcomes = data.Outcomes;
        return
        [
            new("Evaluated", Prompts, Numerals.Count(outcomes.Total)),
            new("A won / B won", Prompts, $"{Numerals.Count(outcomes.A)} / {Numerals.Count(outcomes.B)}"),
            new("Tie / inconsistent", Prompts, $"{Numerals.Count(outcomes.Tie)} / {Numerals.Count(outcomes.Inconsistent)}"),
            new("Without verdict", Prompts, $"{Numerals.Count(data.WithoutVerdict)} ({Numerals.Percent(Numerals.Share(data.WithoutVerdict, outcomes.Total))})"),
            new("Score of B", Prompts, Interval(data.Score)),
            new("Win rate of B", ["decisive prompts", "decisive"], Interval(data.WinRate)),
            new("Sign test", ["two-sided p"], data.Metrics.Analysis.SignTest is { } test ? Numerals.PValue(test.P) : "none"),
            new("Position consistency", Prompts, Consistency(data.Metrics.Analysis.Position)),
            new("Judge: A / B", Passes, $"{Numerals.Count(data.PassesA)} / {Numerals.Count(data.PassesB)}"),
            new("Judge: ties / errors", Passes, $"{Numerals.Count(data.PassTies)} / {Numerals.Count(data.PassErrors)}"),
        ];
    }

    private static string Interval(Estimate? estimate) => estimate is null
        ? "none"
        : $"{Numerals.Rate(estimate.Value)} [{Numerals.Rate(estimate.Low)}, {Numerals.Rate(estimate.High)}]";

    private static string Consistency(PositionMetrics position) => position switch
    {
        { Applicable: false } => "not applicable",
        { Consistency: { } share } => $"{Numerals.Percent(share)} of {Numerals.Count(position.N)}",
        _ => "none",
    };

    /// <param name="Label">What the row shows.</param>
    /// <param name="Units">What it counts, the longest first; the first that fits is drawn.</param>
    /// <param name="Value">The number.</param>
    private sealed record Row(string Label, string[] Units, string Value);
}
