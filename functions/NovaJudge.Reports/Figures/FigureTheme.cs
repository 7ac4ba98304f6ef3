using System.Globalization;

namespace NovaJudge.Reports.Figures;

/// <summary>The colours of a figure or page.</summary>
/// <remarks>
/// A is orange and B is blue: the pair stays apart under every common form of colour blindness (Okabe and Ito 2008,
/// "Color Universal Design"), and nothing is told by colour alone. Text inks have at least 4.5:1 against card and backdrop,
/// inks of shapes at least 3:1; a test computes both.
/// </remarks>
public sealed class FigureTheme
{
    private readonly string[] _hex;

    private FigureTheme(string name, params string[] hex) => (Name, _hex) = (name, hex);

    /// <summary>Dark shapes on a light ground: the theme of the files, made for paper and slides.</summary>
    public static FigureTheme Light { get; } = new(
        "light",
        "#f2f4f7", "#ffffff", "#dde1e7", "#14181f", "#55606d", "#e4e7ec", "#f5f7f9",
        "#c24e08", "#0b69b7", "#7d8794", "#93509f", "#39414b", "#fbeade", "#e2eefa");

    /// <summary>Light shapes on a dark ground.</summary>
    public static FigureTheme Dark { get; } = new(
        "dark",
        "#0d1015", "#161a21", "#2c333d", "#eceff3", "#a5aebb", "#2a313b", "#1b2028",
        "#f08f52", "#5caef2", "#87919e", "#c88fd4", "#d3d9e0", "#3b2617", "#12304b");

    /// <summary><c>light</c> or <c>dark</c>.</summary>
    public string Name { get; }

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    internal string Hex(Ink ink) => _hex[(int)ink];

    /// <summary>The colour as 0xAARRGGBB, opaque.</summary>
    internal uint Argb(Ink ink) => 0xff000000 | uint.Parse(Hex(ink).AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
