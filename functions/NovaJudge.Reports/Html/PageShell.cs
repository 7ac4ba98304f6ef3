namespace NovaJudge.Reports.Html;

/// <summary>What stands before the body of every page.</summary>
internal static class PageShell
{
    public static void Open(HtmlWriter html, string title, PageAssets assets) => html.Write($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{assets.Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <style>{new Markup(assets.Style)}</style>
        </head>
        """);
}
