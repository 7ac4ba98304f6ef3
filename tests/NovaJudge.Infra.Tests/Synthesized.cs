using System.Text.Json;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Steps;
using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Tests;

/// <summary>The stacks, synthesized once for all tests: jsii starts a process and each synthesis takes a second.</summary>
public sealed class Synthesized
{
    /// <summary>A deployment that decides everything otherwise than cdk.json does.</summary>
    public static readonly PipelineSettings OtherSettings = PipelineSettings.Read(JsonDocument.Parse("""
        {
          "nova:name": "other",
          "nova:architecture": "arm64",
          "nova:models": ["bedrock:amazon.nova-lite-v1:0", "bedrock:eu.amazon.nova-pro-v1:0", "sagemaker:MyEndpoint", "sagemaker:shared/small"],
          "nova:datasetBuckets": ["our-datasets"],
          "nova:judgeInstanceTypes": ["ml.g5.12xlarge", "ml.p5.48xlarge"],
          "nova:defaults": { "datasetSource": "s3://our-datasets/qa.jsonl", "modelA": { "model": "bedrock:amazon.nova-lite-v1:0" } },
          "nova:schedule": { "expression": "cron(0 6 ? * MON *)", "timeZone": "Europe/Berlin", "request": { "suite": "nightly" } },
          "nova:alarmEmail": "team@example.org",
          "nova:runRetentionDays": 90,
          "nova:logRetentionDays": 7
        }
        """).RootElement);

    /// <summary>As cdk.json has it: what is approved.</summary>
    public SynthesizedTemplate Pipeline { get; } = new(ApprovedTemplate.Pipeline.Stack());

    /// <summary>With <see cref="OtherSettings"/>.</summary>
    public SynthesizedTemplate Other { get; } =
        new(new PipelineStack(Synthesizer.CreateApp(outputFolder: null), OtherSettings, FunctionsAsset.ForApproval));

    public SynthesizedTemplate QwenEndpoint { get; } = new(ApprovedTemplate.QwenEndpoint.Stack());
}

/// <summary>jsii is one process for all: its tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SynthesisGroup : ICollectionFixture<Synthesized>
{
    public const string Name = "Synthesis";
}
