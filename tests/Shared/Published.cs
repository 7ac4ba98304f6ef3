using System.Runtime.InteropServices;

namespace NovaJudge.Tests.Shared;

/// <summary>Native programs as <c>./nova publish</c> and <c>./nova native</c> leave them. Without them tests are skipped, unless NOVA_REQUIRE_PUBLISHED=1 promises them.</summary>
internal static class Published
{
    /// <summary>The folder that is deployed.</summary>
    public static string Folder { get; } = Path.Combine(
        Publications(), "NovaJudge.Functions", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "release_linux-arm64" : "release_linux-x64");

    /// <summary>The functions' executable; skips the test when it was not published.</summary>
    public static string PathOrSkip() => OrSkip(Path.Combine(Folder, "bootstrap"), "./nova publish");

    /// <summary>The command line program in native code; skips the test when it was not compiled.</summary>
    public static string NovaOrSkip() => OrSkip(Path.Combine(Publications(), "NovaJudge.Local", "native", "nova"), "./nova native");

    private static string OrSkip(string path, string command)
    {
        if (Environment.GetEnvironmentVariable("NOVA_REQUIRE_PUBLISHED") != "1")
        {
            Assert.SkipUnless(File.Exists(path), $"The program is not published; {command} does it.");
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run {command}.");
        return path;
    }

    private static string Publications()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NovaJudgePipeline.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of their checkout.");
        }

        return Path.Combine(folder.FullName, "artifacts", "publish");
    }
}
