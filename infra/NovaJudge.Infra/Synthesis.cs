using System.Text.Json;
using Amazon.CDK;
using Environment = System.Environment;

namespace NovaJudge.Infra;

/// <summary>Makes the CDK app, for the CDK command line as well as for tests.</summary>
public static class Synthesis
{
    /// <summary>Writes the cloud assembly that <c>cdk deploy</c> reads.</summary>
    public static void ForDeployment(string outputFolder)
    {
        var app = CreateApp(outputFolder);
        _ = new PipelineStack(app, FunctionsAsset.PublishedOrPlaceholder());
        app.Synth();
    }

    /// <summary>The stack as it is approved: with the placeholder, so that no machine's build shows in it.</summary>
    public static PipelineStack ForApproval() => new(CreateApp(outputFolder: null), FunctionsAsset.Placeholder);

    private static App CreateApp(string? outputFolder)
    {
        // jsii reads the variable when it starts node; the value must be the major version that it warns about.
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        return new App(new AppProps { Outdir = outputFolder, Context = ContextFile(), AnalyticsReporting = false });
    }

    // The CDK command line passes the context of cdk.json on; without it the file is read here, so that both see the same.
    private static Dictionary<string, object>? ContextFile()
    {
        if (Environment.GetEnvironmentVariable("CDK_CONTEXT_JSON") is not null)
        {
            return null;
        }

        using var file = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("cdk.json")));
        return file.RootElement.GetProperty("context").EnumerateObject().ToDictionary(entry => entry.Name, entry => Plain(entry.Value));
    }

    private static object Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Plain(entry.Value)),
        _ => throw new InvalidOperationException($"cdk.json: null is no value of a context entry."),
    };
}
