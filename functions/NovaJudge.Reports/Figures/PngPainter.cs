using SkiaSharp;

namespace NovaJudge.Reports.Figures;

/// <summary>Paints a figure as PNG.</summary>
internal static class PngPainter
{
    // Most lines are nearly the one above: this filter is the smallest and the quickest, at the lowest level.
    private static readonly SKPngEncoderOptions Encoding = new(SKPngEncoderFilterFlags.Up, 1);

    public static void Paint(Figure figure, FigureTheme theme, Stream output)
    {
        var info = new SKImageInfo(Figure.Width, Figure.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var brush = new Brush(canvas, theme);
            foreach (var group in figure.Groups)
            {
                foreach (var mark in group.Marks)
                {
                    brush.Paint(mark);
                }
            }
        }

        using var pixels = bitmap.PeekPixels();
        using var png = pixels.Encode(Encoding) ?? throw new InvalidOperationException("Skia could not encode the figure as PNG.");
        png.SaveTo(output);
    }

    private sealed class Brush(SKCanvas canvas, FigureTheme theme) : IDisposable
    {
        private readonly SKPaint _fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
        private readonly SKPaint _stroke = new() { IsAntialias = true, Style = SKPaintStyle.Stroke };
        private readonly Dictionary<int, SKFont> _fonts = [];

        public void Paint(Mark mark)
        {
            switch (mark)
            {
                case RectMark rect:
                    Paint(rect);
                    break;
                case PathMark path:
                    Paint(path);
                    break;
                case TextMark text:
                    canvas.DrawText(FigureFont.Showable(text.Text, text.Weight), text.X, text.Y, Font(text), Fill(text.Ink));
                    break;
            }
        }

        public void Dispose()
        {
            _fill.Dispose();
            _stroke.Dispose();
            foreach (var font in _fonts.Values)
            {
                font.Dispose();
            }
        }

        private void Paint(RectMark rect)
        {
            var box = SKRect.Create(rect.Box.X, rect.Box.Y, rect.Box.Width, rect.Box.Height);
            canvas.DrawRoundRect(box, rect.Radius, rect.Radius, Fill(rect.Fill));
            if (rect.Stroke is { } ink)
            {
                _stroke.PathEffect = null;
                _stroke.StrokeWidth = 1;
                _stroke.Color = theme.Argb(ink);
                canvas.DrawRoundRect(box, rect.Radius, rect.Radius, _stroke);
            }
        }

        private void Paint(PathMark mark)
        {
            using var path = SKPath.ParseSvgPathData(mark.Data);
            if (mark.Fill is { } fill)
            {
                canvas.DrawPath(path, Fill(fill));
            }

            if (mark.Stroke is { } ink)
            {
                using var dash = mark.Dash > 0 ? SKPathEffect.CreateDash([mark.Dash, mark.Dash], 0) : null;
                _stroke.PathEffect = dash;
                _stroke.StrokeWidth = mark.Width;
                _stroke.StrokeCap = mark.Round ? SKStrokeCap.Round : SKStrokeCap.Butt;
                _stroke.Color = theme.Argb(ink);
                canvas.DrawPath(path, _stroke);
                _stroke.PathEffect = null;
            }
        }

        private SKPaint Fill(Ink ink)
        {
            _fill.Color = theme.Argb(ink);
            return _fill;
        }

        private SKFont Font(TextMark text)
        {
            var key = ((int)(text.Size * 64) * 2) + (int)text.Weight;
            return _fonts.TryGetValue(key, out var font) ? font : _fonts[key] = FigureFont.Open(text.Weight, text.Size);
        }
    }
}
