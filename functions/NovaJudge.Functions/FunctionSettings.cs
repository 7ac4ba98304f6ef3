using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NovaJudge.Functions.StandIns;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Functions;

/// <summary>What a function is told by its environment: names and settings, never a secret. Read once, when the process starts.</summary>
public sealed record FunctionSettings
{
    private const string BucketVariable = "NOVA_BUCKET";
    private const string RegionVariable = "AWS_REGION";
    private const string JudgeRoleArnVariable = "NOVA_JUDGE_ROLE_ARN";
    private const string KmsKeyArnVariable = "NOVA_KMS_KEY_ARN";
    private const string TopicArnVariable = "NOVA_TOPIC_ARN";
    private const string AllowedModelsVariable = "NOVA_ALLOWED_MODELS";
    private const string AllowedBucketsVariable = "NOVA_ALLOWED_BUCKETS";
    private const string AllowedInstanceTypesVariable = "NOVA_ALLOWED_INSTANCE_TYPES";
    private const string DefaultsVariable = "NOVA_DEFAULTS";
    private const string StandInsVariable = "NOVA_STAND_INS";
    private const string DefaultJudge = "nova";

    /// <summary>All variables of ours that are read, for the test that compares them with those the stack sets.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        BucketVariable, JudgeRoleArnVariable, KmsKeyArnVariable, TopicArnVariable,
        AllowedModelsVariable, AllowedBucketsVariable, AllowedInstanceTypesVariable, DefaultsVariable,
    ];

    /// <summary>The bucket that holds uploads, runs, callbacks and history (<c>NOVA_BUCKET</c>).</summary>
    public required string Bucket { get; init; }

    /// <summary><c>AWS_REGION</c>, which Lambda sets.</summary>
    public required string Region { get; init; }

    /// <summary>The role of the judge's container (<c>NOVA_JUDGE_ROLE_ARN</c>); without it no judge can be started.</summary>
    public string? JudgeRoleArn { get; init; }

    /// <summary>The key of the judge's output (<c>NOVA_KMS_KEY_ARN</c>); absent means the bucket's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The topic that results go to (<c>NOVA_TOPIC_ARN</c>); absent means none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>Models that requests may name (<c>NOVA_ALLOWED_MODELS</c>); absent means the role's rights decide.</summary>
    public IReadOnlyList<string>? AllowedModels { get; init; }

    /// <summary>Buckets of data sets (<c>NOVA_ALLOWED_BUCKETS</c>); absent means the role's rights decide.</summary>
    public IReadOnlyList<string>? AllowedBuckets { get; init; }

    /// <summary>Instance types of judges, the default first (<c>NOVA_ALLOWED_INSTANCE_TYPES</c>); absent means the role's rights decide.</summary>
    public IReadOnlyList<string>? AllowedInstanceTypes { get; init; }

    /// <summary>What a request may leave out (<c>NOVA_DEFAULTS</c>).</summary>
    public required RequestDefaults Defaults { get; init; }

    /// <summary>What the local runner puts in the place of AWS (<c>NOVA_STAND_INS</c>); no deployment sets it.</summary>
    public StandInSettings? StandIns { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <param name="environment">A variable's value by its name.</param>
    /// <param name="otherProblem">Something else that is wrong, to be reported together with the rest.</param>
    /// <exception cref="FunctionSettingsException">Something is missing or malformed; the message lists all of it, but no value.</exception>
    public static FunctionSettings Read(Func<string, string?> environment, string? otherProblem = null)
    {
        var problems = new List<string>();
        if (otherProblem is not null)
        {
            problems.Add(otherProblem);
        }

        var defaults = Json(DefaultsVariable, SettingsJsonContext.Default.DefaultsDocument, "an object with datasetSource, modelA, modelB, judgeKind, sampleSize, batchSize is expected");
        var settings = new FunctionSettings
        {
            Bucket = Needed(BucketVariable, "the name of the pipeline's bucket is expected"),
            Region = Text("AWS_REGION") ?? Text("AWS_DEFAULT_REGION") ?? Needed(RegionVariable, "a region such as us-east-1 is expected"),
            JudgeRoleArn = Text(JudgeRoleArnVariable),
            KmsKeyArn = Text(KmsKeyArnVariable),
            TopicArn = Text(TopicArnVariable),
            AllowedModels = Texts(AllowedModelsVariable),
            AllowedBuckets = Texts(AllowedBucketsVariable),
            AllowedInstanceTypes = Texts(AllowedInstanceTypesVariable),
            Defaults = new RequestDefaults
            {
                DatasetSource = defaults?.DatasetSource,
                ModelA = defaults?.ModelA,
                ModelB = defaults?.ModelB,
                JudgeKind = defaults?.JudgeKind ?? DefaultJudge,
                SampleSize = defaults?.SampleSize ?? new RequestDefaults { JudgeKind = DefaultJudge }.SampleSize,
                BatchSize = defaults?.BatchSize ?? new RequestDefaults { JudgeKind = DefaultJudge }.BatchSize,
            },
            StandIns = Json(StandInsVariable, SettingsJsonContext.Default.StandInSettings, "the local runner's own object is expected; on AWS leave it unset"),
        };
        return problems.Count == 0 ? settings : throw new FunctionSettingsException(problems);

        string? Text(string name) => environment(name) is { Length: > 0 } text ? text : null;

        string Needed(string name, string rule)
        {
            var text = Text(name);
            if (text is null)
            {
                problems.Add($"{name} is not set: {rule}.");
            }

            return text ?? "";
        }

        IReadOnlyList<string>? Texts(string name) => Json(name, SettingsJsonContext.Default.StringArray, "a JSON array of texts is expected");

        T? Json<T>(string name, JsonTypeInfo<T> type, string rule)
            where T : class
        {
            try
            {
                return Text(name) is { } json ? JsonSerializer.Deserialize(json, type) : null;
            }
            catch (JsonException exception)
            {
                // The parser's own message may quote the value, its path names in it.
                problems.Add($"{name} is malformed at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}: {rule}.");
                return null;
            }
        }
    }
}

/// <summary>A function's environment is not what it needs.</summary>
public sealed class FunctionSettingsException(IEnumerable<string> problems) : Exception(string.Join('\n', problems));

/// <summary>The content of <c>NOVA_DEFAULTS</c>.</summary>
internal sealed record DefaultsDocument
{
    public string? DatasetSource { get; init; }

    public ModelDefaults? ModelA { get; init; }

    public ModelDefaults? ModelB { get; init; }

    public string? JudgeKind { get; init; }

    public int? SampleSize { get; init; }

    public int? BatchSize { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DefaultsDocument))]
[JsonSerializable(typeof(StandInSettings))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
