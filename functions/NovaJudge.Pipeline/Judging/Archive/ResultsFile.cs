using System.Text.Json;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The content of <c>results_*.json</c> that counts.</summary>
internal sealed record ResultsFile(NovaMetrics Metrics, IReadOnlyDictionary<string, double> Further, string? Marker)
{
    private const string Inspect = "Look into the file; if the container's format has changed, a newer version of this pipeline is needed.";

    /// <summary>Names that <see cref="NovaMetrics"/> has room for.</summary>
    private static readonly HashSet<string> Known =
    [
        ArchiveNames.AScores, ArchiveNames.BScores, ArchiveNames.Ties, ArchiveNames.InferenceError, ArchiveNames.Score,
        ArchiveNames.AScores + Stderr, ArchiveNames.BScores + Stderr, ArchiveNames.Ties + Stderr,
        ArchiveNames.InferenceError + Stderr, ArchiveNames.Score + Stderr,
        ArchiveNames.WinRate, ArchiveNames.LowerRate, ArchiveNames.UpperRate,
    ];

    private const string Stderr = "_stderr";

    public static ResultsFile Read(string path, byte[] content, List<string> diagnostics)
    {
        NamedNumbers.Blank(content);
        try
        {
            using var json = JsonDocument.Parse(Unmarked(content), new JsonDocumentOptions { AllowTrailingCommas = true });
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("results", out var results)
                || results.ValueKind != JsonValueKind.Object)
            {
                throw JudgeOutput.Refused($"{path} has no object named \"results\"", Inspect);
            }

            var section = Choose(path, results, diagnostics);
            return new ResultsFile(ReadMetrics(path, section, diagnostics), ReadFurther(section.Value), ReadMarker(json.RootElement));
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            throw JudgeOutput.Refused($"{path} is not JSON ({damage.Message.TrimEnd('.')})", Inspect, damage);
        }
    }

    /// <summary><c>all</c> first, as the container's own documentation reads it; then the judge's task; then any task that counts wins.</summary>
    private static JsonProperty Choose(string path, JsonElement results, List<string> diagnostics)
    {
        var sections = results.EnumerateObject().Where(section => section.Value.ValueKind == JsonValueKind.Object).ToList();
        var counting = sections.Where(section =>
            Number(section.Value, ArchiveNames.AScores) is not null && Number(section.Value, ArchiveNames.BScores) is not null).ToList();
        if (counting.Count == 0)
        {
            var seen = sections.Count == 0
                ? "it has no sections"
                : string.Join("; ", sections.Take(5).Select(section => $"\"{section.Name}\" has {Keys(section.Value)}"));
            throw JudgeOutput.Refused($"no section of \"results\" in {path} has the numbers a_scores and b_scores: {seen}", Inspect);
        }

        var tasks = sections.Count(section => section.Name != ArchiveNames.AllTasks);
        var judges = counting.Where(section => section.Name.Contains("judge", StringComparison.OrdinalIgnoreCase)).ToList();
        if (tasks > 1 && judges.Count == 1)
        {
            // "all" is a mean over tasks: with others among them it is not the judge's.
            diagnostics.Add($"{path} holds {tasks} tasks; the numbers are those of \"{judges[0].Name}\".");
            return judges[0];
        }

        var chosen = counting.FindIndex(section => section.Name == ArchiveNames.AllTasks) is var all and >= 0 ? counting[all]
            : judges.Count > 0 ? judges[0]
            : counting[0];
        if (chosen.Name != ArchiveNames.AllTasks)
        {
            diagnostics.Add($"{path} has no numbers under \"{ArchiveNames.AllTasks}\"; those of \"{chosen.Name}\" were read.");
        }

        return chosen;
    }

    private static NovaMetrics ReadMetrics(string path, JsonProperty section, List<string> diagnostics)
    {
        var missing = new List<string>();
        var metrics = new NovaMetrics
        {
            AScores = Count(ArchiveNames.AScores),
            AScoresStderr = Optional(ArchiveNames.AScores + Stderr),
            BScores = Count(ArchiveNames.BScores),
            BScoresStderr = Optional(ArchiveNames.BScores + Stderr),
            Ties = Count(ArchiveNames.Ties),
            TiesStderr = Optional(ArchiveNames.Ties + Stderr),
            InferenceError = Count(ArchiveNames.InferenceError),
            InferenceErrorStderr = Optional(ArchiveNames.InferenceError + Stderr),
            Score = Optional(ArchiveNames.Score),
            ScoreStderr = Optional(ArchiveNames.Score + Stderr),
            WinRate = Optional(ArchiveNames.WinRate),
            LowerRate = Optional(ArchiveNames.LowerRate),
            UpperRate = Optional(ArchiveNames.UpperRate),
        };
        if (missing.Count > 0)
        {
            diagnostics.Add($"{path} gives no number for {string.Join(" and ", missing)}; 0 was taken.");
        }

        return metrics;

        double? Optional(string name) => Number(section.Value, name);

        double Count(string name)
        {
            var count = Optional(name);
            if (count is null)
            {
                missing.Add(name);
            }

            return count is null or >= 0
                ? count ?? 0
                : throw JudgeOutput.Refused($"\"{name}\" in {path} is {count}, which no count can be", Inspect);
        }
    }

    private static SortedDictionary<string, double> ReadFurther(JsonElement section)
    {
        var further = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in section.EnumerateObject().Where(property => !Known.Contains(property.Name)))
        {
            if (Number(section, property.Name) is { } number)
            {
                further[property.Name] = number;
            }
        }

        return further;
    }

    private static string? ReadMarker(JsonElement root) =>
        root.TryGetProperty("config_general", out var general) && general.ValueKind == JsonValueKind.Object
        && general.TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.String
            ? note.GetString()
            : null;

    private static double? Number(JsonElement section, string name) =>
        section.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string Keys(JsonElement section) =>
        section.EnumerateObject().Select(property => property.Name).Take(12).ToList() is { Count: > 0 } keys ? string.Join(", ", keys) : "nothing";

    private static ReadOnlyMemory<byte> Unmarked(byte[] content) =>
        content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsMemory(3) : content;
}
