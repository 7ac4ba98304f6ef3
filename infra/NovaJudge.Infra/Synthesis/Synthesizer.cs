using Amazon.CDK;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Steps;
using Environment = System.Environment;

namespace NovaJudge.Infra.Synthesis;

/// <summary>Makes the CDK app, for the CDK command line as well as for tests.</summary>
public static class Synthesizer
{
    /// <summary>Writes the cloud assembly that <c>cdk deploy</c> reads.</summary>
    public static void WriteAssembly(string outputFolder)
    {
        var settings = PipelineSettings.Read(CdkContext.Read());
        var app = CreateApp(outputFolder);
        _ = new PipelineStack(app, settings, FunctionsAsset.PublishedOrPlaceholder(settings.Architecture));
        if (settings.QwenEndpoint is not null)
        {
            _ = new QwenEndpointStack(app, settings.Name, settings.QwenEndpoint);
        }

        app.Synth();
    }

    public static App CreateApp(string? outputFolder)
    {
        // jsii reads the variable when it starts node; the value must be the major version that it warns about.
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        return new App(new AppProps { Outdir = outputFolder, Context = CdkContext.FeatureFlags, AnalyticsReporting = false });
    }
}
