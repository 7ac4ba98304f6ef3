using System.Text.Json;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The file of reference values; NOVA_STAT_VECTORS names another one of the same shape.</summary>
internal static class StatVectors
{
    public const string Variable = "NOVA_STAT_VECTORS";

    public static string Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } other ? other : InRepository();

    public static IReadOnlyList<StatVector> Load(string? path = null)
    {
        path ??= Path;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{Variable} names a file of reference values that does not exist: {path}");
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(StatVector.Read)];
    }

    public static string InRepository()
    {
        const string File = "tests/NovaJudge.Pipeline.Tests/Statistics/stat-vectors.json";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "NovaJudgePipeline.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, File);
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds NovaJudgePipeline.sln; set {Variable}.");
    }
}

internal sealed record StatVector(string Id, string Method, VectorInputs Inputs, JsonElement Expected, double Tolerance)
{
    public static StatVector Read(JsonElement vector)
    {
        var id = vector.GetProperty("id").GetString()!;
        return new(
            id,
            vector.GetProperty("method").GetString()!,
            new VectorInputs(id, vector.GetProperty("inputs").Clone()),
            vector.GetProperty("expected").Clone(),
            vector.GetProperty("tol").GetDouble());
    }
}
