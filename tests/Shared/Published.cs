using System.Runtime.InteropServices;

namespace NovaJudge.Tests.Shared;

/// <summary>The functions' executable as <c>./nova publish</c> leaves it. Without it tests are skipped, unless NOVA_REQUIRE_PUBLISHED=1 promises it.</summary>
internal static class Published
{
    /// <summary>The folder that is deployed.</summary>
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The executable; skips the test when it was not published.</summary>
    public static string PathOrSkip()
    {
        var path = Path.Combine(Folder, "bootstrap");
        if (Environment.GetEnvironmentVariable("NOVA_REQUIRE_PUBLISHED") != "1")
        {
            Assert.SkipUnless(File.Exists(path), "The functions are not published; ./nova publish does it.");
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run ./nova publish.");
        return path;
    }

    private static string Find(string start)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(folder.FullName, "NovaJudgePipeline.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of their checkout.");
        }

        var platform = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        return Path.Combine(folder.FullName, "artifacts", "publish", "NovaJudge.Functions", $"release_{platform}");
    }
}
