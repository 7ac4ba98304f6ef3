using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html;

/// <summary>Parts that several sections are made of.</summary>
internal static class Facts
{
    /// <summary>A line of a list of facts: what it is, its figure, and what that means.</summary>
    public static Markup Fact(string label, string value, string? meaning = null) =>
        HtmlWriter.Of($"""<dt>{label}</dt><dd><strong>{value}</strong>{(meaning is { Length: > 0 } ? HtmlWriter.Of($"""<span class="muted small"><bdi>{meaning}</bdi></span>""") : Markup.None)}</dd>""") + new Markup("\n");

    /// <summary>A link into the records, to those of a category.</summary>
    public static Markup Category(string name) =>
        HtmlWriter.Of($"""<a href="#category={Uri.EscapeDataString(name)}"><bdi>{name}</bdi></a>""");

    /// <summary>A link into the records, to one of them.</summary>
    public static Markup Record(string id) =>
        HtmlWriter.Of($"""<a href="#record={Uri.EscapeDataString(id)}"><bdi>{id}</bdi></a>""");

    public static string CountOf(int part, int whole, string what) => $"{Numerals.Count(part)} of {Numerals.Of(whole, what)}";
}
