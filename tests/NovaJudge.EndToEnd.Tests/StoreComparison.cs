using System.Text.Json.Nodes;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>What differs between two stores, apart from telemetry and the time stamps of summaries.</summary>
internal static class StoreComparison
{
    private static readonly string[] TimeStamps = ["finishedAt"];

    public static IReadOnlyList<string> Differences(string left, string right)
    {
        var (a, b) = (Files(left), Files(right));
        var differences = a.Keys.Except(b.Keys).Select(name => $"only in the first: {name}")
            .Concat(b.Keys.Except(a.Keys).Select(name => $"only in the second: {name}"))
            .Concat(a.Keys.Intersect(b.Keys).Where(name => !Content(a[name]).AsSpan().SequenceEqual(Content(b[name]))).Select(name => $"different: {name}"));
        return [.. differences];
    }

    private static Dictionary<string, string> Files(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
        .Where(file => !file.Name.Contains("/telemetry/", StringComparison.Ordinal))
        .ToDictionary(file => file.Name, file => file.Path);

    private static byte[] Content(string path)
    {
        if (Path.GetFileName(path) != "summary.json" && !path.Contains($"{Path.DirectorySeparatorChar}history{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        var summary = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        foreach (var name in TimeStamps)
        {
            summary.Remove(name);
        }

        return System.Text.Encoding.UTF8.GetBytes(summary.ToJsonString());
    }
}
