using Amazon.CDK.AWS.IAM;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Infra.Access;

/// <summary>Which models may be called: those that the deployment lists, by name.</summary>
public sealed class ModelAccess(PipelineNames names, IReadOnlyList<ModelSpec> models)
{
    /// <summary>Prefixes of Bedrock's own inference profiles, which send calls to several regions.</summary>
    private static readonly string[] Geographies = ["global", "us", "us-gov", "eu", "apac", "jp", "au", "ca"];

    /// <summary>Calling the models.</summary>
    public IEnumerable<PolicyStatement> Invoke =>
    [
        .. Targets("sagemaker") is { Length: > 0 } endpoints
            ? [Allow.To("InvokeEndpoints", ["sagemaker:InvokeEndpoint"], [.. endpoints.SelectMany(EndpointArns)])]
            : Array.Empty<PolicyStatement>(),
        .. Targets("bedrock").SelectMany(InvokeBedrock),
    ];

    /// <summary>Looking whether the models can be called, before anything is spent.</summary>
    public IEnumerable<PolicyStatement> Describe => Targets("sagemaker") is { Length: > 0 } endpoints
        ? [Allow.To("DescribeEndpoints", ["sagemaker:DescribeEndpoint"], [.. endpoints.SelectMany(endpoint => EndpointArns(endpoint.Split('/')[0]))])]
        : [];

    private string[] Targets(string scheme) => [.. models.Where(model => model.Scheme == scheme).Select(model => model.Target)];

    // The name as given and in lower case: the ARNs that SageMaker checks are lower case, whatever the name is.
    private IEnumerable<string> EndpointArns(string target)
    {
        var parts = target.Split('/');
        return parts.Zip(["endpoint", "inference-component"], (name, resource) => (name, resource))
            .SelectMany(part => new[] { part.name, part.name.ToLowerInvariant() }.Distinct().Select(name => names.Arn("sagemaker", part.resource, name)));
    }

    private IEnumerable<PolicyStatement> InvokeBedrock(string id)
    {
        var sid = string.Concat(id.Where(char.IsAsciiLetterOrDigit));
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !Geographies.Contains(id[..dot]))
        {
            return [Allow.To($"Invoke{sid}", ["bedrock:InvokeModel"], [FoundationModel(Amazon.CDK.Aws.REGION, id)])];
        }

        // A profile calls the model in regions of its own choice, and IAM checks both. The region stays open, the model and the profile do not.
        var profile = names.Arn("bedrock", "inference-profile", id);
        return
        [
            Allow.To($"Invoke{sid}", ["bedrock:InvokeModel"], [profile]),
            Allow.To($"Invoke{sid}Everywhere", ["bedrock:InvokeModel"], [FoundationModel("*", id[(dot + 1)..])], Allow.When("bedrock:InferenceProfileArn", profile)),
        ];
    }

    private static string FoundationModel(string region, string id) => $"arn:{Amazon.CDK.Aws.PARTITION}:bedrock:{region}::foundation-model/{id}";
}
