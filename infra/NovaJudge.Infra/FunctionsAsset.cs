namespace NovaJudge.Infra;

/// <summary>The code that all functions share.</summary>
/// <param name="Path">The folder that becomes the asset.</param>
public sealed record FunctionsAsset(string Path)
{
    /// <summary>Stands in for the published functions; never to be deployed.</summary>
    public static FunctionsAsset Placeholder { get; } = new(Repository.PathTo("infra", "placeholder-asset"));

    public bool IsPlaceholder => this == Placeholder;

    /// <summary>The published functions, or the placeholder when nothing is published yet.</summary>
    public static FunctionsAsset PublishedOrPlaceholder()
    {
        var published = Repository.PathTo("artifacts", "publish", "NovaJudge.Functions");
        return Directory.Exists(published) ? new FunctionsAsset(PublishFolder(published)) : Placeholder;
    }

    // `dotnet publish` puts the files into a folder per configuration and platform, such as release_linux-x64.
    private static string PublishFolder(string published) =>
        Directory.EnumerateDirectories(published, "release*").Order(StringComparer.Ordinal).FirstOrDefault() ?? published;
}
