using System.Collections.Frozen;

namespace NovaJudge.Pipeline.Judging.Nova;

/// <summary>
/// What is known of the Nova judge, in one place: judges, images, instances, limits. Sources: the SageMaker and Nova user
/// guides and the recipes of github.com/aws/sagemaker-hyperpod-recipes (version 2.3.0), read in November 2026.
/// </summary>
public static class NovaJudgeCatalog
{
    /// <summary>The only name that the container accepts for its input.</summary>
    public const string DatasetFileName = "llm_judge.jsonl";

    /// <summary>
    /// The stricter of two documented limits: "less than 7k", system and query prompts included; elsewhere 12k are named.
    /// </summary>
    private const int DocumentedContext = 7000;

    private static readonly FrozenDictionary<string, NovaJudgeModel> ByKind = new[]
    {
        // The judge behind micro, lite and pro is the same; micro runs on the cheapest instances.
        new NovaJudgeModel
        {
            Kind = "nova",
            Name = "Amazon Nova judge",
            RunName = "nova-micro-llm-judge-eval-job",
            ModelType = "amazon.nova-micro-v1:0:128k",
            BaseModel = "nova-micro/prod",
            Task = "llm_judge",
            InstanceTypes = ["ml.g5.12xlarge", "ml.g5.24xlarge", "ml.g6.12xlarge", "ml.g6.24xlarge", "ml.p5.48xlarge"],
            ContextTokens = DocumentedContext,
        },
        new NovaJudgeModel
        {
            Kind = "nova-rubric",
            Name = "Amazon Nova 2 Lite rubric judge",
            RunName = "nova-lite-v2-rubric-llm-judge-eval-job",
            ModelType = "amazon.nova-2-lite-v1:0:256k",
            BaseModel = "nova-lite-2/prod",
            Task = "rubric_llm_judge",
            MaxNewTokens = 32768,
            InstanceTypes = ["ml.p5.48xlarge", "ml.p5en.48xlarge", "ml.p4d.24xlarge"],
            ContextTokens = DocumentedContext,
        },
    }.ToFrozenDictionary(judge => judge.Kind, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ImageByRegion = new Dictionary<string, string>
    {
        ["ap-northeast-1"] = "878185805882.dkr.ecr.ap-northeast-1.amazonaws.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest",
        ["us-east-1"] = "708977205387.dkr.ecr.us-east-1.amazonaws.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest",
        ["us-west-2"] = "176779409107.dkr.ecr.us-west-2.amazonaws.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The judges by their kind.</summary>
    public static IReadOnlyDictionary<string, NovaJudgeModel> Judges => ByKind;

    /// <summary>The container's image by region.</summary>
    public static IReadOnlyDictionary<string, string> Images => ImageByRegion;

    /// <summary>The judge of that kind, or <c>null</c> for one that is not the container's.</summary>
    public static NovaJudgeModel? Find(string kind) => ByKind.GetValueOrDefault(kind);

    /// <summary>The image for a request: its own, or the region's; <c>null</c> when there is none.</summary>
    public static string? Image(Runs.JudgeSettings judge, string region) => judge.Image ?? ImageByRegion.GetValueOrDefault(region);

    /// <summary>The instance type for a request: its own, or the judge's cheapest.</summary>
    /// <exception cref="ArgumentException">The judge is not the container's.</exception>
    public static string InstanceType(Runs.JudgeSettings judge) =>
        judge.InstanceType ?? Find(judge.Kind)?.InstanceTypes[0] ?? throw new ArgumentException($"\"{judge.Kind}\" is no judge of the Nova container.");

    /// <summary>Why the container cannot judge as asked in that region, with what to do, or <c>null</c>. Nothing is called.</summary>
    public static string? Check(Runs.JudgeSettings judge, string region)
    {
        if (Find(judge.Kind) is not { } model)
        {
            return $"\"{judge.Kind}\" is no judge of the Nova container; known are {string.Join(" and ", ByKind.Keys.Order(StringComparer.Ordinal))}.";
        }

        if (judge.InstanceType is { } type && !model.InstanceTypes.Contains(type))
        {
            return $"{model.Name} does not run on {type}; it runs on {string.Join(", ", model.InstanceTypes)}.";
        }

        return Image(judge, region) is not null
            ? null
            : $"There is no image of the Nova evaluation container for {region}; run in {string.Join(", ", ImageByRegion.Keys.Order(StringComparer.Ordinal))}, "
              + "or name one of your own as judge.image.";
    }
}
