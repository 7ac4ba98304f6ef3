using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Processes;

/// <summary>
/// What each thing that a request names is called on the stand-ins for AWS. The request keeps its own names, so that a run by
/// processes leaves the very files of any other.
/// </summary>
internal sealed record StandIns
{
    /// <summary>Bucket of the data set.</summary>
    public const string DatasetBucket = "nova-judge-dataset";

    private const string BedrockScheme = "bedrock";

    /// <summary>The models by what they are called on AWS.</summary>
    public required IReadOnlyDictionary<ModelSpec, ModelSettings> Hosted { get; init; }

    /// <summary>From the spec in the request to the one on AWS.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    public required IReadOnlyDictionary<string, string> Datasets { get; init; }

    /// <summary>From the kind of judge to its image.</summary>
    public required IReadOnlyDictionary<string, string> Judges { get; init; }

    public DateTimeOffset? Clock { get; init; }

    public static StandIns Of(EvaluationRequest request, DateTimeOffset? clock)
    {
        var hosted = new Dictionary<ModelSpec, ModelSettings>();
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.Dataset.Format != "pairs")
        {
            // One by each service, as in the pipeline's usual comparison. Bedrock's interface knows no seed.
            Host(request.ModelA, "sagemaker:model-a");
            Host(request.ModelB, request.ModelB.Seed is null ? "bedrock:model-b" : "sagemaker:model-b");
        }

        foreach (var (judge, number) in new[] { request.Judge.Model }.Concat(request.Judge.Panel ?? []).OfType<ModelSettings>().Select((judge, i) => (judge, i + 1)))
        {
            Host(judge, $"sagemaker:judge-{number}");
        }

        return new StandIns
        {
            Hosted = hosted,
            Models = models,
            Datasets = request.Dataset.Source.StartsWith(RunKeys.IncomingPrefix, StringComparison.Ordinal)
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { [request.Dataset.Source] = $"s3://{DatasetBucket}/{DatasetObject.Key}" },
            Judges = request.Judge.IsModel
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { [request.Judge.Kind] = $"nova-judge/{Slug.Of(request.Judge.Kind, 40)}" },
            Clock = clock,
        };

        // A run's answers are replayed from the store, wherever a step runs.
        void Host(ModelSettings settings, string name)
        {
            if (settings.Model.Scheme != "run" && models.TryAdd(settings.Model.ToString(), name))
            {
                hosted[ModelSpec.Parse(name)] = settings;
            }
        }
    }

    /// <summary>The settings of the model behind an endpoint or a model id of Bedrock; <c>null</c> for none.</summary>
    public ModelSettings? Find(bool bedrock, string target) =>
        Hosted.FirstOrDefault(model => model.Key.Target == target && model.Key.Scheme == BedrockScheme == bedrock).Value;

    /// <summary>The value of <c>NOVA_STAND_INS</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new StandInVariables(Models, Datasets, Judges, LinkBase: "", Clock), LocalJson.Line.StandInVariables);
}

/// <summary>The content of <c>NOVA_STAND_INS</c>.</summary>
internal sealed record StandInVariables(
    IReadOnlyDictionary<string, string> Models, IReadOnlyDictionary<string, string> Datasets, IReadOnlyDictionary<string, string> Judges, string LinkBase, DateTimeOffset? Clock);

/// <summary>The content of <c>NOVA_DEFAULTS</c>.</summary>
internal sealed record FunctionDefaults(string? DatasetSource, ModelDefaults? ModelA, ModelDefaults? ModelB, string JudgeKind, int SampleSize, int BatchSize);
