using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Anchors;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Metrics.Labelling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline;

/// <summary>Documents of a run: indented, for people as well as programs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NewLine = "\n",
    WriteIndented = true)]
[JsonSerializable(typeof(EvaluationRequest))]
[JsonSerializable(typeof(RunMetrics))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(RunLedger))]
[JsonSerializable(typeof(PinnedBaseline))]
[JsonSerializable(typeof(ExamRecord))]
[JsonSerializable(typeof(RunClaim))]
[JsonSerializable(typeof(RunFailure))]
[JsonSerializable(typeof(CachedAnswer))]
[JsonSerializable(typeof(PairCounts))]
[JsonSerializable(typeof(PanelAgreement))]
[JsonSerializable(typeof(SampleCounts))]
[JsonSerializable(typeof(StartJudgeOutput))]
[JsonSerializable(typeof(WaitingJudge))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
[JsonSerializable(typeof(SampleMethod))]
[JsonSerializable(typeof(CacheMode))]
internal sealed partial class DocumentJsonContext : JsonSerializerContext;

/// <summary>Rows of JSON Lines files: one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PromptRow))]
[JsonSerializable(typeof(BatchRow))]
[JsonSerializable(typeof(ResponseRow))]
[JsonSerializable(typeof(JudgeAnswerRow))]
[JsonSerializable(typeof(AnchorRow))]
[JsonSerializable(typeof(JudgePair))]
[JsonSerializable(typeof(JudgeIndexRow))]
[JsonSerializable(typeof(VerdictRow))]
[JsonSerializable(typeof(LabelRow))]
[JsonSerializable(typeof(JudgeResult))]
[JsonSerializable(typeof(CallTelemetry))]
internal sealed partial class RowJsonContext : JsonSerializerContext;

/// <summary>
/// The two ways the pipeline writes JSON. Text is kept readable: only what JSON itself demands is escaped,
/// since none of these files is ever pasted into HTML unescaped.
/// </summary>
public static class PipelineJson
{
    internal static DocumentJsonContext Documents { get; } = new(Readable(DocumentJsonContext.Default.Options));

    internal static RowJsonContext Rows { get; } = new(Readable(RowJsonContext.Default.Options));

    private static JsonSerializerOptions Readable(JsonSerializerOptions options) =>
        new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
