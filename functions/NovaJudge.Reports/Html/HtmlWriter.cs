using System.Runtime.CompilerServices;
using System.Text;

namespace NovaJudge.Reports.Html;

/// <summary>
/// Writes HTML from interpolated strings: what stands in the code is markup, what is put into the holes is escaped.
/// Only text and whole numbers fit into a hole, so that no culture formats anything; markup made elsewhere is a <see cref="Markup"/>.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new(64 * 1024);

    public void Write([InterpolatedStringHandlerArgument("")] ref Template template) => _html.Append('\n');

    public void Write(Markup markup) => _html.Append(markup.Html);

    public override string ToString() => _html.ToString();

    /// <summary>Markup from an interpolated string, to be used inside another.</summary>
    public static Markup Of(Fragment fragment) => fragment.ToMarkup();

    [InterpolatedStringHandler]
    internal readonly ref struct Template
    {
        private readonly StringBuilder _html;

        public Template(int literalLength, int formattedCount, HtmlWriter writer) => _html = writer._html;

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted(string? text) => HtmlText.Append(_html, text);

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);
    }

    [InterpolatedStringHandler]
    internal readonly struct Fragment
    {
        private readonly StringBuilder _html;

        public Fragment(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (16 * formattedCount));

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted(string? text) => HtmlText.Append(_html, text);

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

        public Markup ToMarkup() => new(_html.ToString());
    }
}

/// <summary>HTML that was escaped where it was made.</summary>
internal readonly record struct Markup(string Html)
{
    public static Markup None { get; } = new("");

    public static Markup Concat(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    public static Markup operator +(Markup left, Markup right) => new(left.Html + right.Html);
}
