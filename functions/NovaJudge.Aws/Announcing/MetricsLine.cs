using System.Buffers;
using System.Text;
using System.Text.Json;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Aws.Announcing;

/// <summary>One log line in CloudWatch's embedded metric format: metrics without a call, priced as logs.</summary>
internal static class MetricsLine
{
    public const string Namespace = "NovaJudge";

    public static string Write(RunSummary summary)
    {
        var metrics = Metrics(summary).Where(metric => metric.Value is not null).ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", summary.FinishedAt.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue("Suite");
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var metric in metrics)
            {
                json.WriteStartObject();
                json.WriteString("Name", metric.Name);
                json.WriteString("Unit", metric.Unit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("Suite", summary.Suite);
            json.WriteString("RunId", summary.RunId.Value);
            json.WriteString("Verdict", summary.Verdict);
            foreach (var metric in metrics)
            {
                json.WriteNumber(metric.Name, metric.Value!.Value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // A gate that was not checked counts in neither of the two.
    private static (string Name, string Unit, double? Value)[] Metrics(RunSummary summary) =>
    [
        ("RunsFinished", "Count", 1),
        ("GatePassed", "Count", summary.Gate == GateStatus.Passed ? 1 : 0),
        ("GateFailed", "Count", summary.Gate == GateStatus.Failed ? 1 : 0),
        ("Score", "None", summary.Score),
        ("ScoreLow", "None", summary.Interval?[0]),
        ("ScoreHigh", "None", summary.Interval?[1]),
        ("CostUsd", "None", summary.CostUsd),
        ("DurationSeconds", "Seconds", (summary.FinishedAt - summary.CreatedAt).TotalSeconds),
    ];
}
