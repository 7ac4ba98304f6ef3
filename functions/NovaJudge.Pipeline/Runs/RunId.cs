using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Runs;

/// <summary>The name of a run: 1 to 40 of <c>a-z 0-9 -</c>, so that it fits into keys, job names and file names everywhere.</summary>
[JsonConverter(typeof(RunIdJsonConverter))]
public readonly partial record struct RunId
{
    private readonly string? _value;

    private RunId(string value) => _value = value;

    /// <summary>The text of the id.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A run id was never set.");

    /// <summary>Reads an id; an ill-formed one is refused with the rule.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static RunId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw PipelineException.BadInput($"Run id \"{text}\": 1 to 40 of a-z, 0-9 and '-', not starting with '-'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var ok = text is not null && Pattern.IsMatch(text);
        id = ok ? new RunId(text!) : default;
        return ok;
    }

    public override string ToString() => Value;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]
    private static partial Regex Pattern { get; }
}

/// <summary>Run ids travel as JSON strings.</summary>
public sealed class RunIdJsonConverter : JsonConverter<RunId>
{
    public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RunId.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
