using System.Text;
using System.Text.Json;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("nova-test-").FullName;
    }

    public string Folder { get; }

    public string Store => Path.Combine(Folder, "store");

    /// <summary>An environment without anything of the AWS account of whoever runs the tests.</summary>
    public IEnumerable<(string Name, string Value)> WithoutAccount =>
    [
        ("HOME", Folder), ("USERPROFILE", Folder), ("AWS_EC2_METADATA_DISABLED", "true"),
        .. new[] { "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION" }.Select(name => (name, "")),
    ];

    public string Path_(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A file of a run in the store.</summary>
    public string Run(string runId, params string[] parts) => Path.Combine([Store, "runs", runId, .. parts]);

    public JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    /// <summary>A data set of questions about numbered things, each with a context of three sentences.</summary>
    public string Questions(int count, string name = "questions.jsonl") => Write(name, string.Concat(Enumerable.Range(1, count).Select(i => JsonSerializer.Serialize(new
    {
        id = $"q{i}",
        prompt = $"What colour is thing number {i}?",
        context = $"Thing number {i} stands on shelf {i % 7}. The colour of thing {i} is {(i % 2 == 0 ? "green" : "blue")}. It was bought in {1900 + (i % 100)}.",
        references = new[] { i % 2 == 0 ? "green" : "blue" },
        cluster = $"shelf {i % 15}",
    }) + "\n")));

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
