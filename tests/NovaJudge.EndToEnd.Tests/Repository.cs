namespace NovaJudge.EndToEnd.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static IEnumerable<string> Projects() => new[] { "functions", "infra", "local", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories));

    private static string Find(string folder)
    {
        var at = new DirectoryInfo(folder);
        while (!File.Exists(Path.Combine(at.FullName, "NovaJudgePipeline.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside of their checkout.");
        }

        return at.FullName;
    }
}
