namespace NovaJudge.Reports.Figures;

/// <summary>One thing on a figure; coordinates in pixels of the figure, y downwards.</summary>
internal abstract record Mark;

/// <param name="Box">Where.</param>
/// <param name="Fill">Inside.</param>
/// <param name="Radius">Radius of the corners.</param>
/// <param name="Stroke">A line of one pixel around it.</param>
internal sealed record RectMark(Box Box, Ink Fill, float Radius = 0, Ink? Stroke = null) : Mark;

/// <param name="Data">Path data in the syntax of SVG.</param>
/// <param name="Fill">Inside; none when absent.</param>
/// <param name="Stroke">The line; none when absent.</param>
/// <param name="Width">Width of the line.</param>
/// <param name="Dash">Length of dashes and gaps; 0 is a solid line.</param>
/// <param name="Round">Whether its ends are round.</param>
internal sealed record PathMark(string Data, Ink? Fill = null, Ink? Stroke = null, float Width = 1, float Dash = 0, bool Round = false) : Mark;

/// <param name="Text">What it says, already shortened to fit.</param>
/// <param name="X">Left end of the text.</param>
/// <param name="Y">Base line.</param>
/// <param name="Width">Measured width.</param>
/// <param name="Size">Size of the font.</param>
/// <param name="Weight">Weight of the font.</param>
/// <param name="Ink">Colour.</param>
internal sealed record TextMark(string Text, float X, float Y, float Width, float Size, FontWeight Weight, Ink Ink) : Mark;

/// <summary>Marks that belong together: the header, one panel, the footer.</summary>
/// <param name="Id">Unique in the figure.</param>
/// <param name="Label">What it shows, for those who cannot see it.</param>
/// <param name="Bounds">Where everything in it lies.</param>
/// <param name="Marks">What is in it, from back to front.</param>
internal sealed record MarkGroup(string Id, string Label, Box Bounds, IReadOnlyList<Mark> Marks)
{
    /// <summary>Whether this is one of the six panels.</summary>
    public bool IsPanel { get; init; }
}

/// <summary>A rectangle.</summary>
internal readonly record struct Box(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;

    public float Bottom => Y + Height;

    public float CenterX => X + (Width / 2);

    public float CenterY => Y + (Height / 2);

    public Box Inset(float left, float top, float right, float bottom) => new(X + left, Y + top, Width - left - right, Height - top - bottom);
}

internal enum FontWeight
{
    Regular,
    SemiBold,
}

internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
