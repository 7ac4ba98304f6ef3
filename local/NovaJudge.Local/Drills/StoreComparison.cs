using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace NovaJudge.Local.Drills;

/// <summary>What differs between two stores, apart from telemetry and the time stamps of summaries.</summary>
internal static class StoreComparison
{
    private static readonly string[] TimeStamps = ["finishedAt"];

    /// <summary>One line for each object that only one store has, or that differs.</summary>
    /// <param name="left">Folder of the first store.</param>
    /// <param name="right">Folder of the second store.</param>
    /// <param name="attemptsMayDiffer">
    /// Whether the stores' runs may have needed different attempts at different times: the Maps' own notes of their child
    /// executions are left out, and a judge's second job counts as its first.
    /// </param>
    public static IReadOnlyList<string> Differences(string left, string right, bool attemptsMayDiffer = false)
    {
        var (a, b) = (Files(left, attemptsMayDiffer), Files(right, attemptsMayDiffer));
        var differences = a.Keys.Except(b.Keys).Select(name => $"only in the first: {name}")
            .Concat(b.Keys.Except(a.Keys).Select(name => $"only in the second: {name}"))
            .Concat(a.Keys.Intersect(b.Keys).Where(name => !Content(a[name], attemptsMayDiffer).AsSpan().SequenceEqual(Content(b[name], attemptsMayDiffer))).Select(name => $"different: {name}"));
        return [.. differences];
    }

    /// <summary>The names of the objects that are compared.</summary>
    public static IReadOnlyCollection<string> Compared(string root, bool attemptsMayDiffer = false) => Files(root, attemptsMayDiffer).Keys;

    private static Dictionary<string, string> Files(string root, bool attemptsMayDiffer) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
        .Where(file => !file.Name.Contains("/telemetry/", StringComparison.Ordinal))
        .Where(file => !attemptsMayDiffer || !file.Name.Contains("/maps/", StringComparison.Ordinal))
        .ToDictionary(file => attemptsMayDiffer ? FirstJob(file.Name) : file.Name, file => file.Path);

    private static byte[] Content(string path, bool attemptsMayDiffer)
    {
        if (Path.GetFileName(path) == "summary.json" || path.Contains($"{Path.DirectorySeparatorChar}history{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        {
            var summary = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            foreach (var name in TimeStamps)
            {
                summary.Remove(name);
            }

            return Encoding.UTF8.GetBytes(summary.ToJsonString());
        }

        return attemptsMayDiffer ? Encoding.Latin1.GetBytes(FirstJob(Encoding.Latin1.GetString(Unpacked(path)))) : File.ReadAllBytes(path);
    }

    private static byte[] Unpacked(string path)
    {
        if (Path.GetExtension(path) != ".gz")
        {
            return File.ReadAllBytes(path);
        }

        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var archive = new TarReader(packed);
        using var content = new MemoryStream();
        while (archive.GetNextEntry() is { } entry)
        {
            content.Write(Encoding.UTF8.GetBytes($"{entry.Name} {entry.ModificationTime:O} {entry.Length}\n"));
            entry.DataStream?.CopyTo(content);
        }

        return content.ToArray();
    }

    private static string FirstJob(string text) => text.Replace($"nova-{DrillStage.DefaultRunId}-2", $"nova-{DrillStage.DefaultRunId}-1", StringComparison.Ordinal);
}
