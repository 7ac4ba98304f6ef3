using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>Writes <c>results_*.json</c> in the shape that the Nova container documents.</summary>
internal static class ResultsFileWriter
{
    public static ReadOnlyMemory<byte> Write(JudgeArchiveHeader header, NovaMetrics metrics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("config_general");
        json.WriteString("model_name", header.JudgeName);
        json.WriteString("note", header.Marker);
        json.WriteEndObject();
        json.WriteStartObject("results");
        WriteSection(json, ArchiveNames.Task, metrics);
        WriteSection(json, ArchiveNames.AllTasks, metrics);
        json.WriteEndObject();
        json.WriteStartObject("versions");
        json.WriteNumber(ArchiveNames.Task, 0);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteSection(Utf8JsonWriter json, string name, NovaMetrics metrics)
    {
        json.WriteStartObject(name);
        Number(ArchiveNames.AScores, metrics.AScores);
        Number(ArchiveNames.BScores, metrics.BScores);
        Number(ArchiveNames.Ties, metrics.Ties);
        Number(ArchiveNames.InferenceError, metrics.InferenceError);
        Number(ArchiveNames.Score, metrics.Score);
        Number(ArchiveNames.WinRate, metrics.WinRate);
        Number(ArchiveNames.LowerRate, metrics.LowerRate);
        Number(ArchiveNames.UpperRate, metrics.UpperRate);
        json.WriteEndObject();

        void Number(string key, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(key, number);
            }
        }
    }
}
