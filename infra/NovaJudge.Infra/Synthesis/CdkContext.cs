using System.Text.Json;
using NovaJudge.Infra.Settings;

namespace NovaJudge.Infra.Synthesis;

/// <summary>The context: what <c>cdk.json</c> says and, under the CDK command line, what <c>-c</c> adds to it.</summary>
public static class CdkContext
{
    /// <summary>The context of <c>cdk.json</c>.</summary>
    public static JsonElement File => Parse(System.IO.File.ReadAllText(Repository.PathTo("cdk.json")));

    /// <summary>Takes the context out of a file like <c>cdk.json</c>; none is an empty one.</summary>
    /// <exception cref="SettingsException">It is not JSON, or its context is no object.</exception>
    public static JsonElement Parse(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            return !json.RootElement.TryGetProperty("context", out var context) ? JsonDocument.Parse("{}").RootElement
                : context.ValueKind == JsonValueKind.Object ? context.Clone()
                : throw new SettingsException([$"\"context\": an object is expected, not {context.GetRawText()}."]);
        }
        catch (JsonException e)
        {
            throw new SettingsException([$"Line {e.LineNumber + 1}: it is not JSON. {e.Message}"]);
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
