namespace NovaJudge.Infra.Synthesis;

/// <summary>Where things lie in the repository, wherever the program was started from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>cdk.json</c>.</summary>
    /// <exception cref="InvalidOperationException">Neither the working directory nor the program lies inside the repository.</exception>
    public static string Root { get; } = Find(Directory.GetCurrentDirectory()) ?? Find(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException($"There is no cdk.json above {Directory.GetCurrentDirectory()}; start this inside the repository.");

    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "cdk.json")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
