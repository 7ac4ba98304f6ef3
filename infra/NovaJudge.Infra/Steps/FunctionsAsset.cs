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

    // `dotnet publish` puts the files into a folder per configuration and platform; what was built for which, the executable says itself.
    private static string? PublishedFolder(string architecture)
    {
        var published = Repository.PathTo("artifacts", "publish", "NovaJudge.Functions");
        return Directory.Exists(published)
            ? Directory.EnumerateDirectories(published).Order(StringComparer.Ordinal).FirstOrDefault(folder => IsFor(architecture, System.IO.Path.Combine(folder, "bootstrap")))
            : null;
    }

    /// <summary>Whether the file is an ELF executable for the processor: bytes 18 and 19 of the header name the machine.</summary>
    public static bool IsFor(string architecture, string executable)
    {
        Span<byte> header = stackalloc byte[20];
        if (!File.Exists(executable))
        {
            return false;
        }

        using var file = File.OpenRead(executable);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header[..4].SequenceEqual("\u007fELF"u8)
            && header[18..20].SequenceEqual(architecture == "arm64" ? [0xB7, 0x00] : (ReadOnlySpan<byte>)[0x3E, 0x00]);
    }
}
