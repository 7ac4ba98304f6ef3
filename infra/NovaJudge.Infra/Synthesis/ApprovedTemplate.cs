using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Steps;

namespace NovaJudge.Infra.Synthesis;

/// <summary>A synthesized template as it is reviewed, approved and run locally: without what differs between machines and builds.</summary>
/// <param name="FileName">Its name under <c>infra/</c>.</param>
/// <param name="Stack">Makes the stack.</param>
public sealed record ApprovedTemplate(string FileName, Func<Stack> Stack)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The pipeline as <c>cdk.json</c> has it.</summary>
    public static ApprovedTemplate Pipeline { get; } = new("PipelineStack.template.json",
        () => new PipelineStack(Synthesizer.CreateApp(outputFolder: null), PipelineSettings.Read(CdkContext.File), FunctionsAsset.ForApproval));

    /// <summary>The endpoint, which <c>cdk.json</c> leaves out, with its defaults.</summary>
    public static ApprovedTemplate QwenEndpoint { get; } = new("QwenEndpointStack.template.json",
        () => new QwenEndpointStack(Synthesizer.CreateApp(outputFolder: null), "nova-judge", new QwenEndpointSettings("ml.g5.xlarge", MaxInstances: 1)));

    public static IReadOnlyList<ApprovedTemplate> All { get; } = [Pipeline, QwenEndpoint];

    public string Path => Repository.PathTo("infra", FileName);

    /// <summary>Synthesizes the stack and renders its template.</summary>
    public string Render() => Render(Template.FromStack(Stack()));

    public static string Render(Template template)
    {
        var json = JsonSerializer.SerializeToNode(template.ToJSON())!.AsObject();
        foreach (var (_, resource) in json["Resources"]!.AsObject())
        {
            RemoveAssetHash(resource!.AsObject());
        }

        return json.ToJsonString(Readable) + "\n";
    }

    private static void RemoveAssetHash(JsonObject resource)
    {
        if (resource["Properties"]?["Code"] is JsonObject code && code.ContainsKey("S3Key"))
        {
            code["S3Key"] = "asset.zip";
        }
    }
}
