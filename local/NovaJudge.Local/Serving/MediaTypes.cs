namespace NovaJudge.Local.Serving;

/// <summary>What the files of a store are to a browser.</summary>
internal static class MediaTypes
{
    public const string Html = "text/html; charset=utf-8";

    public const string PlainText = "text/plain; charset=utf-8";

    /// <summary>The type of a file by the end of its name. JSON Lines are plain text, so that a browser shows them.</summary>
    public static string Of(string name) => Path.GetExtension(name) switch
    {
        ".html" => Html,
        ".json" => "application/json",
        ".jsonl" or ".txt" or ".log" => PlainText,
        ".md" => "text/markdown; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".xml" => "application/xml",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".yaml" => "application/yaml",
        ".gz" => "application/gzip",
        _ => "application/octet-stream",
    };
}
