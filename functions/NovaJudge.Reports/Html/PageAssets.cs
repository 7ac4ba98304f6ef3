using System.Security.Cryptography;
using System.Text;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html;

/// <summary>The style sheet and the script of a page, with the hashes by which its Content-Security-Policy admits them and nothing else.</summary>
internal sealed class PageAssets
{
    private PageAssets(string style, string script) => (Style, Script) = (style, script);

    public static PageAssets Report { get; } = Load(
        ["base.css", "report.css", "explorer.css"],
        ["blocks.js", "visible.js", "diff.js", "records.js", "list.js", "detail.js", "filters.js", "explorer.js"]);

    public static PageAssets History { get; } = Load(["base.css", "history.css"], ["compare.js"]);

    public string Style { get; }

    public string Script { get; }

    /// <summary>
    /// No network at all, no frames, forms, plug-ins or base address; one script and one style sheet, by hash; strings never become script.
    /// Styles in attributes are refused too.
    /// </summary>
    public string Policy => string.Join(
        "; ",
        "default-src 'none'",
        $"script-src '{Hash(Script)}'",
        $"style-src '{Hash(Style)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");

    private static PageAssets Load(IReadOnlyList<string> styles, IReadOnlyList<string> scripts) => new(
        Colors() + string.Concat(styles.Select(Read)),
        $"\"use strict\";\n(() => {{\n{string.Concat(scripts.Select(Read))}}})();\n");

    /// <summary>The colours of the figure are those of the page.</summary>
    private static string Colors()
    {
        static string Variables(FigureTheme theme) => string.Concat(InkNames.All.Select(ink => $"--{InkNames.ClassOf(ink)}:{theme.Hex(ink)};"));
        var classes = string.Concat(InkNames.All.Select(ink => $".f-{InkNames.ClassOf(ink)}{{fill:var(--{InkNames.ClassOf(ink)})}}.s-{InkNames.ClassOf(ink)}{{stroke:var(--{InkNames.ClassOf(ink)})}}\n"));
        return $":root{{{Variables(FigureTheme.Light)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{Variables(FigureTheme.Dark)}}}}}\n.f-none{{fill:none}}\n{classes}";
    }

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The asset {name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
