using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;

namespace NovaJudge.Infra;

/// <summary>The synthesized template as it is reviewed, approved and run locally: without what differs between machines and builds.</summary>
public static class ApprovedTemplate
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The approved file.</summary>
    public static string Path { get; } = Repository.PathTo("infra", "PipelineStack.template.json");

    /// <summary>Synthesizes the stack and renders its template.</summary>
    public static string Render() => Render(Template.FromStack(Synthesis.ForApproval()));

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
