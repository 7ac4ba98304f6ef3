using System.Text.Json.Serialization;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>A line of a data set that a command writes for a run to read; what is absent is left out.</summary>
internal sealed record DatasetLine(string? Id, string Prompt)
{
    public string? Context { get; init; }

    public IReadOnlyList<string>? References { get; init; }

    public string? Category { get; init; }

    public string? Cluster { get; init; }

    [JsonPropertyName("response_A")]
    public string? ResponseA { get; init; }

    [JsonPropertyName("response_B")]
    public string? ResponseB { get; init; }
}
