using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Infra.Settings;

/// <summary>Which models can be listed in a deployment.</summary>
public static partial class ModelRules
{
    /// <summary>Why the model cannot be listed, or <c>null</c>.</summary>
    public static string? Problem(ModelSpec model) => model.Scheme switch
    {
        "bedrock" when !BedrockId.IsMatch(model.Target) =>
            $"\"{model}\": the id of a model or of one of Bedrock's own inference profiles is expected, such as global.anthropic.claude-sonnet-4-6",
        "sagemaker" when !model.Target.Split('/').All(SageMakerName.IsMatch) => $"\"{model}\": names of an endpoint and a component have at most 63 of a-z, A-Z, 0-9 and '-'",
        "bedrock" or "sagemaker" => null,
        "run" => $"\"{model}\": answers of earlier runs may always be replayed; they are not listed",
        _ => $"\"{model}\": only bedrock: and sagemaker: models can be called from AWS",
    };

    // No ARN, no wildcard: IAM resources are made of it.
    [GeneratedRegex("^[a-z0-9][a-zA-Z0-9.:-]*$(?!\n)")]
    private static partial Regex BedrockId { get; }

    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$(?!\n)")]
    private static partial Regex SageMakerName { get; }
}
