using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Processes;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local;

/// <summary>JSON as this program writes it: readable, and nothing where there is nothing to say.</summary>
internal static class LocalJson
{
    /// <summary>For people at a terminal.</summary>
    public static LocalJsonContext Indented { get; } = new(Readable(indented: true));

    /// <summary>The same on one line.</summary>
    public static LocalJsonContext Line { get; } = new(Readable(indented: false));

    /// <summary>The same value, to be read only.</summary>
    public static JsonElement ToElement(this JsonObject body) => JsonElement.Parse(body.ToJsonString());

    private static JsonSerializerOptions Readable(bool indented) => new(LocalJsonContext.Default.Options)
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>All that is written; by compiled code, since a natively compiled program finds nothing by reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationRequest))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(RunMetrics))]
[JsonSerializable(typeof(PinnedBaseline))]
[JsonSerializable(typeof(ExamRecord))]
[JsonSerializable(typeof(ListedRun))]
[JsonSerializable(typeof(JudgePair))]
[JsonSerializable(typeof(DatasetLine))]
[JsonSerializable(typeof(CalibrationDocument))]
[JsonSerializable(typeof(ComparisonDocument))]
[JsonSerializable(typeof(ExtensionDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(RejudgedDocument))]
[JsonSerializable(typeof(UnfinishedDocument))]
[JsonSerializable(typeof(FunctionDefaults))]
[JsonSerializable(typeof(StandInVariables))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class LocalJsonContext : JsonSerializerContext;
