using System.Text.Json;

namespace NovaJudge.Infra.Synthesis;

/// <summary>The context: what <c>cdk.json</c> says and, under the CDK command line, what <c>-c</c> adds to it.</summary>
public static class CdkContext
{
    /// <summary>The context of <c>cdk.json</c>.</summary>
    public static JsonElement File
    {
        get
        {
            using var file = JsonDocument.Parse(System.IO.File.ReadAllText(Repository.PathTo("cdk.json")));
            return file.RootElement.GetProperty("context").Clone();
        }
    }

    /// <summary>The feature flags of CDK, for an app that the command line did not start.</summary>
    public static Dictionary<string, object> FeatureFlags =>
        File.EnumerateObject().Where(entry => entry.Name.StartsWith("@aws-cdk/", StringComparison.Ordinal)).ToDictionary(entry => entry.Name, entry => (object)entry.Value.GetBoolean());

    /// <summary>The context that the CDK command line hands over, or the file's without it.</summary>
    public static JsonElement Read()
    {
        if (Environment.GetEnvironmentVariable("CDK_CONTEXT_JSON") is not { } handedOver)
        {
            return File;
        }

        using var context = JsonDocument.Parse(handedOver);
        return context.RootElement.Clone();
    }
}
