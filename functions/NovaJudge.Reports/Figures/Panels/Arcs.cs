using System.Globalization;

namespace NovaJudge.Reports.Figures.Panels;

/// <summary>Path data of rings.</summary>
internal static class Arcs
{
    /// <summary>A piece of a full ring; positions are turns, clockwise from the top.</summary>
    public static string Ring(float x, float y, float outer, float inner, double from, double to) =>
        to - from >= 1 - 1e-9
            ? Piece(x, y, outer, inner, from - 0.25, from + 0.25) + Piece(x, y, outer, inner, from + 0.25, from + 0.75)
            : Piece(x, y, outer, inner, from - 0.25, to - 0.25);

    /// <summary>A piece of the upper half of a ring; positions go from 0, at the left end, to 1, at the right end.</summary>
    public static string Gauge(float x, float y, float outer, float inner, double from, double to) =>
        Piece(x, y, outer, inner, 0.5 + (from / 2), 0.5 + (to / 2));

    /// <summary>A point on the upper half of a circle, at a position from 0 (left) to 1 (right).</summary>
    public static (float X, float Y) OnGauge(float x, float y, float radius, double position) => Point(x, y, radius, 0.5 + (position / 2));

    private static string Piece(float x, float y, float outer, float inner, double from, double to)
    {
        var large = to - from > 0.5 ? 1 : 0;
        var (ox1, oy1) = Point(x, y, outer, from);
        var (ox2, oy2) = Point(x, y, outer, to);
        var (ix1, iy1) = Point(x, y, inner, from);
        var (ix2, iy2) = Point(x, y, inner, to);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"M{ox1:0.##} {oy1:0.##}A{outer:0.##} {outer:0.##} 0 {large} 1 {ox2:0.##} {oy2:0.##}L{ix2:0.##} {iy2:0.##}A{inner:0.##} {inner:0.##} 0 {large} 0 {ix1:0.##} {iy1:0.##}Z");
    }

    /// <summary>Turns clockwise from the right, since y points down.</summary>
    private static (float X, float Y) Point(float x, float y, float radius, double turns) =>
        (x + (radius * (float)Math.Cos(turns * 2 * Math.PI)), y + (radius * (float)Math.Sin(turns * 2 * Math.PI)));
}
