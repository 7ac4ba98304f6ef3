using System.Buffers;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>Where and how ResultWriter puts the results.</summary>
internal sealed class ResultDestination
{
    private readonly ResultWriter _writer;
    private readonly string? _bucket;
    private readonly string _prefix;

    private ResultDestination(ResultWriter writer, string? bucket, string prefix) => (_writer, _bucket, _prefix) = (writer, bucket, prefix);

    public static ResultDestination Read(StateVisit visit, ResultWriter writer, JsonValue input)
    {
        if (writer.Parameters is null)
        {
            return new ResultDestination(writer, null, "");
        }

        if (visit.Fill(writer.Parameters, input) is not JsonObject parameters || parameters["Bucket"] is not JsonString bucket)
        {
            throw new StateException(ErrorNames.ResultWriterFailed, "The ResultWriter's parameter 'Bucket' is missing or not a string");
        }

        if (visit.Execution.Options.Storage is null)
        {
            throw new StateException(ErrorNames.ResultWriterFailed, $"The state '{visit.State.Name}' writes results, but no storage is plugged in");
        }

        var prefix = (parameters["Prefix"] as JsonString)?.Text.TrimEnd('/') ?? "";
        return new ResultDestination(writer, bucket.Text, prefix.Length == 0 ? "" : prefix + "/");
    }

    /// <summary>Writes the files and answers with the state's output.</summary>
    public async ValueTask<JsonValue> WriteAsync(StateVisit visit, MapRun run)
    {
        var finished = run.Children.OfType<ChildExecution>().ToList();
        var succeeded = finished.Where(static child => child.Status == ExecutionStatus.Succeeded).ToList();
        if (_bucket is null)
        {
            return new JsonArray([.. Transform(succeeded)]);
        }

        var storage = visit.Execution.Options.Storage!;
        var folder = $"{_prefix}{run.Id}/";
        var extension = _writer.OutputType == "JSONL" ? "jsonl" : "json";
        var cancellationToken = visit.Branch.CancellationToken;
        using var hold = visit.Execution.Loop.Clock?.Hold();
        try
        {
            var files = new JsonObjectBuilder(3)
                .Set("FAILED", await WriteFileAsync($"FAILED_0.{extension}", finished.Where(static child => child.Status != ExecutionStatus.Succeeded).Select(Record)))
                .Set("PENDING", await WriteFileAsync($"PENDING_0.{extension}", run.PendingInputs.Select(Pending)))
                .Set("SUCCEEDED", await WriteFileAsync($"SUCCEEDED_0.{extension}", Transform(succeeded)));
            var manifest = new JsonObjectBuilder(3).Set("DestinationBucket", _bucket).Set("MapRunArn", run.Arn).Set("ResultFiles", files.Build()).Build();
            await storage.WriteAsync(_bucket, folder + "manifest.json", manifest.ToUtf8(), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new StateException(ErrorNames.ResultWriterFailed, failure.Message);
        }

        return new JsonObjectBuilder(2)
            .Set("MapRunArn", run.Arn)
            .Set("ResultWriterDetails", new JsonObjectBuilder(2).Set("Bucket", _bucket).Set("Key", folder + "manifest.json").Build())
            .Build();

        async Task<JsonArray> WriteFileAsync(string name, IEnumerable<JsonValue> records)
        {
            var content = Content(records);
            if (content.IsEmpty)
            {
                return JsonArray.Empty;
            }

            await storage.WriteAsync(_bucket, folder + name, content, cancellationToken);
            return new JsonArray([new JsonObjectBuilder(2).Set("Key", folder + name).Set("Size", content.Length).Build()]);
        }
    }

    private IEnumerable<JsonValue> Transform(List<ChildExecution> succeeded) => _writer.Transformation switch
    {
        "COMPACT" => succeeded.Select(static child => child.Output!),
        "FLATTEN" => succeeded.SelectMany(static child => child.Output is JsonArray list ? list.Items.ToArray() : [child.Output!]),
        _ => succeeded.Select(Record),
    };

    /// <summary>The file's content; one record is in memory at a time, since a Map may have thousands of large ones.</summary>
    private ReadOnlyMemory<byte> Content(IEnumerable<JsonValue> records)
    {
        var content = new ArrayBufferWriter<byte>();
        var isLines = _writer.OutputType == "JSONL";
        foreach (var record in records)
        {
            if (!isLines)
            {
                content.Write(content.WrittenCount == 0 ? "["u8 : ","u8);
            }

            content.Write(record.ToUtf8());
            if (isLines)
            {
                content.Write("\n"u8);
            }
        }

        if (!isLines && content.WrittenCount > 0)
        {
            content.Write("]"u8);
        }

        return content.WrittenMemory;
    }

    private static JsonObject Record(ChildExecution child)
    {
        var included = new JsonObjectBuilder(1).Set("Included", JsonValue.True).Build();
        var record = new JsonObjectBuilder(16);
        if (child.Status != ExecutionStatus.Succeeded)
        {
            record.Set("Cause", child.Cause).Set("Error", child.Error);
        }

        record.Set("ExecutionArn", child.Arn).Set("Input", child.Input.ToString()).Set("InputDetails", included).Set("Name", child.Name);
        if (child.Output is not null)
        {
            record.Set("Output", child.Output.ToString());
        }

        record.Set("OutputDetails", included).Set("RedriveCount", child.RedriveCount);
        record = child.Status == ExecutionStatus.Succeeded
            ? record.Set("RedriveStatus", "NOT_REDRIVABLE").Set("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven")
            : record.Set("RedriveStatus", "REDRIVABLE_BY_MAP_RUN");
        return record
            .Set("StartDate", Timestamp.Write(child.StartedAt))
            .Set("StateMachineArn", child.StateMachineArn)
            .Set("Status", StatusName(child.Status))
            .Set("StopDate", Timestamp.Write(child.StoppedAt))
            .Build();
    }

    private static JsonObject Pending(JsonValue input) => new JsonObjectBuilder(2)
        .Set("Input", input.ToString())
        .Set("Status", "PENDING")
        .Build();

    private static string StatusName(ExecutionStatus status) => status switch
    {
        ExecutionStatus.TimedOut => "TIMED_OUT",
        _ => status.ToString().ToUpperInvariant(),
    };
}
