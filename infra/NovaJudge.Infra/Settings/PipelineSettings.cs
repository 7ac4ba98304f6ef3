using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Infra.Settings;

/// <summary>What a deployment decides: the entries <c>nova:…</c> of the context in <c>cdk.json</c>, or <c>-c nova:name=value</c>.</summary>
public sealed record PipelineSettings
{
    /// <summary>Prefix of every name: 1 to 20 of a-z, 0-9 and '-'. Default <c>nova-judge</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Processor of the functions: <c>x86_64</c> (default) or <c>arm64</c>; it must be what was published.</summary>
    public required string Architecture { get; init; }

    /// <summary>The models that requests may name, <c>bedrock:</c> and <c>sagemaker:</c> only. The functions may call these and no others.</summary>
    public required IReadOnlyList<ModelSpec> Models { get; init; }

    /// <summary>Further buckets that data sets may be read from; the pipeline's own is always one.</summary>
    public required IReadOnlyList<string> DatasetBuckets { get; init; }

    /// <summary>Instance types that a judge may run on.</summary>
    public required IReadOnlyList<string> JudgeInstanceTypes { get; init; }

    /// <summary>What a request leaves out, as JSON: <c>datasetSource</c>, <c>modelA</c>, <c>modelB</c>, <c>judgeKind</c>, <c>sampleSize</c>, <c>batchSize</c>.</summary>
    public required string Defaults { get; init; }

    /// <summary>When the suite runs by itself; <c>null</c> (<c>false</c> in the context) for never.</summary>
    public SuiteSchedule? Schedule { get; init; }

    /// <summary>Who is told about alarms and results; <c>null</c> (<c>""</c> in the context) for nobody.</summary>
    public string? AlarmEmail { get; init; }

    /// <summary>Days after which uploads and runs are deleted; history and baselines stay. Default 365.</summary>
    public required int RunRetentionDays { get; init; }

    /// <summary>Days that logs are kept. Default 30.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>An endpoint of our own for Qwen2.5; <c>null</c> (<c>false</c> in the context) to use existing ones.</summary>
    public QwenEndpointSettings? QwenEndpoint { get; init; }

    /// <summary>Days that CloudWatch Logs can keep logs for.</summary>
    private static readonly int[] LogRetentions = [7, 14, 30, 60, 90, 180, 365];

    /// <summary>Reads the context, an object such as <c>{"nova:name": "nova-judge"}</c>; entries of others are left alone.</summary>
    /// <exception cref="SettingsException">Something is wrong; the message lists all of it.</exception>
    public static PipelineSettings Read(JsonElement context)
    {
        var reader = new ContextReader(context);
        var settings = new PipelineSettings
        {
            Name = reader.Text("name", "nova-judge", @"^[a-z][a-z0-9-]{0,19}\z", "1 to 20 of a-z, 0-9 and '-' that start with a letter"),
            Architecture = reader.Text("architecture", "x86_64", @"^(x86_64|arm64)\z", "x86_64 or arm64"),
            Models = reader.Models("models"),
            DatasetBuckets = reader.Texts("datasetBuckets", @"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", "the name of a bucket"),
            JudgeInstanceTypes = reader.Texts("judgeInstanceTypes", @"^ml\.[a-z0-9-]+\.[a-z0-9-]+\z", "an instance type such as ml.g5.12xlarge"),
            Defaults = reader.Fields("defaults") is { } defaults ? JsonSerializer.Serialize(defaults) : "{}",
            Schedule = reader.Fields("schedule") is { } schedule ? SuiteSchedule.Read(schedule, reader) : null,
            AlarmEmail = reader.Text("alarmEmail", "", @"^\z|^[^@\s]+@[^@\s]+\z", "an e-mail address, or \"\" for none") is { Length: > 0 } email ? email : null,
            RunRetentionDays = reader.Whole("runRetentionDays", 365, value => value is >= 1 and <= 3650, "a number of days from 1 to 3650"),
            LogRetentionDays = reader.Whole("logRetentionDays", 30, LogRetentions.Contains, $"one of {string.Join(", ", LogRetentions)}"),
            QwenEndpoint = reader.Fields("qwenEndpoint") is { } endpoint ? QwenEndpointSettings.Read(endpoint, reader) : null,
        };
        DefaultsCheck.Run(settings, reader);
        reader.RefuseOthers();
        return reader.Problems.Count == 0 ? settings : throw new SettingsException(reader.Problems);
    }
}
