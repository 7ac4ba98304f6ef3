using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NovaJudge.StatesLanguage.Tests.Cases;

/// <summary>A case of Cases/*.json: what a definition does with an input, and how we know.</summary>
internal sealed partial record ConformanceCase(string File, string Name, IReadOnlyList<string> Covers, string? Source, JsonObject Json)
{
    private static readonly Lazy<IReadOnlyList<ConformanceCase>> Read = new(() =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).SelectMany(ReadFile)]);

    public static IReadOnlyList<ConformanceCase> All => Read.Value;

    public static string Folder => Path.Combine(Path.GetDirectoryName(Here())!, "");

    /// <summary>The case as a line for the case runner.</summary>
    public string Line
    {
        get
        {
            var line = new JsonObject { ["name"] = Name };
            foreach (var part in new[] { "definition", "input", "tasks", "objects", "context" })
            {
                if (Json.ContainsKey(part))
                {
                    line[part] = Json[part]?.DeepClone();
                }
            }

            line["context"] ??= new JsonObject();
            line["context"]!["executionName"] ??= "the execution";
            return Repeated().Replace(line.ToJsonString(), static m => "\"" + string.Concat(Enumerable.Repeat(m.Groups[1].Value, int.Parse(m.Groups[2].Value))) + "\"");
        }
    }

    public JsonObject Expected => Json["expected"]!.AsObject();

    public override string ToString() => $"{File}: {Name}";

    private static IEnumerable<ConformanceCase> ReadFile(string path)
    {
        foreach (var node in JsonNode.Parse(System.IO.File.ReadAllText(path), documentOptions: new JsonDocumentOptions { MaxDepth = 512 })!.AsArray())
        {
            var json = node!.AsObject();
            yield return new ConformanceCase(
                Path.GetFileNameWithoutExtension(path),
                (string)json["name"]!,
                [.. json["covers"]!.AsArray().Select(static c => (string)c!)],
                (string?)json["source"],
                json);
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;

    // Long texts are written as "@repeat:x:262144".
    [GeneratedRegex("\"@repeat:([A-Za-z]+):([0-9]+)\"")]
    private static partial Regex Repeated();
}
