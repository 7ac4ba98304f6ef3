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
        if (face.ShowsAll(text))
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

    private sealed class Face : IDisposable
    {
        private const int FirstAscii = 0x20;
        private readonly SKFont _measuring;
        private readonly Glyph[] _ascii;
        private readonly ConcurrentDictionary<int, Glyph> _others = new();
        private readonly Lock _measure = new();

        public Face(string resource)
        {
            using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"The font {resource} is not embedded.");
            using var data = SKData.Create(stream);
            Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {resource} cannot be read.");
            _measuring = new SKFont(Typeface, MeasuringSize) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };

            // Nearly all text is made of these; asked for one by one, their widths would take most of the time of a first figure.
            var letters = new char[0x7f - FirstAscii];
            for (var at = 0; at < letters.Length; at++)
            {
                letters[at] = (char)(FirstAscii + at);
            }

            var glyphs = _measuring.GetGlyphs(new string(letters));
            var widths = _measuring.GetGlyphWidths(glyphs);
            _ascii = new Glyph[letters.Length];
            for (var at = 0; at < letters.Length; at++)
            {
                _ascii[at] = new Glyph(glyphs[at] != 0, widths[at]);
            }
        }

        public SKTypeface Typeface { get; }

        public bool Shows(Rune rune) => Of(rune.Value).Shown;

        public bool ShowsAll(string text)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (!Shows(rune))
                {
                    return false;
                }
            }

            return true;
        }

        public float Advance(Rune rune) => Of(rune.Value).Advance;

        public void Dispose()
        {
            _measuring.Dispose();
            Typeface.Dispose();
        }

        private Glyph Of(int codepoint)
        {
            var at = codepoint - FirstAscii;
            return (uint)at < (uint)_ascii.Length ? _ascii[at] : _others.TryGetValue(codepoint, out var known) ? known : Load(codepoint);
        }

        private Glyph Load(int codepoint)
        {
            lock (_measure)
            {
                var glyph = _measuring.GetGlyph(codepoint);
                return _others[codepoint] = glyph != 0 ? new Glyph(true, Width(glyph))
                    : FigureText.IsMark(new Rune(codepoint)) ? new Glyph(false, 0)
                    : new Glyph(false, Width(_measuring.GetGlyph(Box)));
            }
        }

        private float Width(ushort glyph) => _measuring.GetGlyphWidths([glyph])[0];
    }

    private sealed record Glyph(bool Shown, float Advance);
}
