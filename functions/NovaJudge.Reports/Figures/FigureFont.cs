using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace NovaJudge.Reports.Figures;

/// <summary>The embedded font: widths of texts, and texts made to fit. No font of the machine is ever used, so figures are the same everywhere.</summary>
internal static class FigureFont
{
    private const float MeasuringSize = 100;
    private const int Box = 0x25a1;
    private static readonly Lazy<Face> Regular = new(() => new Face("Inter-Regular.otf"));
    private static readonly Lazy<Face> SemiBold = new(() => new Face("Inter-SemiBold.otf"));

    public static SKTypeface Typeface(FontWeight weight) => Of(weight).Typeface;

    public static SKFont Open(FontWeight weight, float size) => new(Typeface(weight), size)
    {
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
    };

    public static float Measure(string text, float size, FontWeight weight)
    {
        var face = Of(weight);
        var width = 0f;
        foreach (var rune in text.EnumerateRunes())
        {
            width += face.Advance(rune);
        }

        return width * size / MeasuringSize;
    }

    /// <summary>The text as the font can show it: a character it lacks becomes a box, which at least is seen.</summary>
    public static string Showable(string text, FontWeight weight)
    {
        var face = Of(weight);
        if (text.EnumerateRunes().All(face.Shows))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (face.Shows(rune))
            {
                shown.Append(rune);
            }
            else if (!FigureText.IsMark(rune))
            {
                shown.Append((char)Box);
            }
        }

        return shown.ToString();
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public static string Fit(string text, float maxWidth, float size, FontWeight weight)
    {
        if (Measure(text, size, weight) <= maxWidth)
        {
            return text;
        }

        var face = Of(weight);
        var scale = size / MeasuringSize;
        var width = face.Advance(new Rune('…')) * scale;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += face.Advance(rune) * scale;
            if (width > maxWidth)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end].TrimEnd() + "…";
    }

    /// <summary>The text in at most so many lines of nearly equal width; the last one is shortened when they do not suffice.</summary>
    public static IReadOnlyList<string> Wrap(string text, float maxWidth, int maxLines, float size, FontWeight weight)
    {
        var lines = Break(text, maxWidth, size, weight);
        if (lines.Count > maxLines)
        {
            var rest = string.Join(' ', lines.Skip(maxLines - 1));
            return [.. lines.Take(maxLines - 1), Fit(rest, maxWidth, size, weight)];
        }

        var (low, high) = (maxWidth / Math.Max(1, lines.Count), maxWidth);
        for (var step = 0; step < 10 && lines.Count > 1; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Break(text, middle, size, weight).Count <= lines.Count ? (low, middle) : (middle, high);
        }

        return Break(text, high, size, weight);
    }

    private static List<string> Break(string text, float maxWidth, float size, FontWeight weight)
    {
        List<string> lines = [];
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Measure(longer, size, weight) > maxWidth)
            {
                lines.Add(line);
                longer = word;
            }

            line = Fit(longer, maxWidth, size, weight);
        }

        return [.. lines, line];
    }

    private static Face Of(FontWeight weight) => (weight == FontWeight.Regular ? Regular : SemiBold).Value;

    private sealed class Face
    {
        private readonly ConcurrentDictionary<int, (bool Shown, float Advance)> _glyphs = new();

        public Face(string resource)
        {
            using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"The font {resource} is not embedded.");
            using var data = SKData.Create(stream);
            Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {resource} cannot be read.");
        }

        public SKTypeface Typeface { get; }

        public bool Shows(Rune rune) => Glyph(rune).Shown;

        public float Advance(Rune rune) => Glyph(rune).Advance;

        private (bool Shown, float Advance) Glyph(Rune rune) => _glyphs.GetOrAdd(rune.Value, Load, Typeface);

        private static (bool Shown, float Advance) Load(int codepoint, SKTypeface typeface)
        {
            using var font = new SKFont(typeface, MeasuringSize) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };
            var glyph = font.GetGlyph(codepoint);
            return glyph != 0 ? (true, Width(font, glyph))
                : FigureText.IsMark(new Rune(codepoint)) ? (false, 0)
                : (false, Width(font, font.GetGlyph(Box)));
        }

        private static float Width(SKFont font, ushort glyph) => font.GetGlyphWidths([glyph])[0];
    }
}
