using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Steps;

/// <summary>The code that all functions share.</summary>
/// <param name="Path">The folder that becomes the asset.</param>
/// <param name="MayBeDeployed">Whether it holds the functions; a template made without them refuses its own deployment.</param>
public sealed record FunctionsAsset(string Path, bool MayBeDeployed)
{
    private static string PlaceholderPath => Repository.PathTo("infra", "placeholder-asset");

    /// <summary>For the approved template, which shows no build: as if the placeholder were the functions.</summary>
    public static FunctionsAsset ForApproval => new(PlaceholderPath, MayBeDeployed: true);

    /// <summary>The published functions for a processor, or the placeholder when they are not published yet.</summary>
    public static FunctionsAsset PublishedOrPlaceholder(string architecture) => PublishedFolder(architecture) is { } folder
        ? new FunctionsAsset(folder, MayBeDeployed: true)
        : new FunctionsAsset(PlaceholderPath, MayBeDeployed: false);

    // `dotnet publish` puts the files into a folder per configuration and platform, such as release_linux-x64.
    private static string? PublishedFolder(string architecture)
    {
        var published = Repository.PathTo("artifacts", "publish", "NovaJudge.Functions");
        var platform = architecture == "arm64" ? "linux-arm64" : "linux-x64";
        return Directory.Exists(published)
            ? Directory.EnumerateDirectories(published, $"release*{platform}").FirstOrDefault(folder => File.Exists(System.IO.Path.Combine(folder, "bootstrap")))
            : null;
    }
}
