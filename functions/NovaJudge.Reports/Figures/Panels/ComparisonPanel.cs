namespace NovaJudge.Reports.Figures.Panels;

/// <summary>A and B side by side, once by prompt and once by pass, and who leads.</summary>
internal sealed class ComparisonPanel : IPanel
{
    public string Id => "comparison";

    public string Title => "A vs B comparison";

    public string UnitOf(FigureData data) => "Wins as a share of scored prompts, and of judge passes";

    public void Draw(FigureData data, Sketch sketch, Box area)
    {
        var group = (area.Height - 62) / 2;
        Group(sketch, area with { Height = group }, "Prompts won", Numerals.Of(data.Outcomes.Scored, "scored prompt"), data.Outcomes.A, data.Outcomes.B, data.Outcomes.Scored);
        Group(
            sketch, area with { Y = area.Y + group, Height = group }, "Passes won", Numerals.Of(data.Passes, "judge pass", "judge passes"),
            data.PassesA, data.PassesB, data.Passes);
        Lead(data, sketch, new Box(area.X, area.Bottom - 50, area.Width, 50));
    }

    private static void Group(Sketch sketch, Box area, string label, string unit, double a, double b, double whole)
    {
        var width = sketch.Text(label, area.X, area.Y + 17, 17, weight: FontWeight.SemiBold);
        sketch.Text("of " + unit, area.X + width + 8, area.Y + 17, 16, Ink.Muted);
        Bar(sketch, area with { Y = area.Y + 30, Height = 36 }, "A", a, whole, Ink.A);
        Bar(sketch, area with { Y = area.Y + 74, Height = 36 }, "B", b, whole, Ink.B);
    }

    private static void Bar(Sketch sketch, Box area, string letter, double count, double whole, Ink ink)
    {
        const float left = 30;
        const float right = 196;
        var track = area.Inset(left, 0, right, 0);
        sketch.Text(letter, area.X, area.CenterY + 7, 19, weight: FontWeight.SemiBold);
        sketch.Rect(track, Ink.Grid, 4);
        var share = Numerals.Share(count, whole);
        if (share > 0)
        {
            sketch.Rect(track with { Width = Math.Max(3, (float)Math.Min(1, share) * track.Width) }, ink, share * track.Width > 8 ? 4 : 0);
        }

        var width = sketch.Text(Numerals.Short(count), track.Right + 14, area.CenterY + 7, 19, weight: FontWeight.SemiBold);
        sketch.Text(Numerals.Percent(share), track.Right + 14 + width + 8, area.CenterY + 7, 16, Ink.Muted);
    }

    private static void Lead(FigureData data, Sketch sketch, Box area)
    {
        var (a, b) = (data.Outcomes.A, data.Outcomes.B);
        var (text, ground) = (data.Outcomes.Scored, Math.Sign(b - a)) switch
        {
            (0, _) => ("No scored prompts", Ink.Stripe),
            (_, > 0) => ($"B leads by {Numerals.Of((double)b - a, "prompt")}", Ink.SoftB),
            (_, < 0) => ($"A leads by {Numerals.Of((double)a - b, "prompt")}", Ink.SoftA),
            _ when a == 0 => ("Level: neither won a prompt", Ink.Stripe),
            _ => ($"Level: {Numerals.Of(a, "prompt")} each", Ink.Stripe),
        };
        sketch.Rect(area, ground, 8);
        sketch.Text(text, area.CenterX, area.CenterY + 7, 20, weight: FontWeight.SemiBold, anchor: TextAnchor.Middle, maxWidth: area.Width - 24);
    }
}
