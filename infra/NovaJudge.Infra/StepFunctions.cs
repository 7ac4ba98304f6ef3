using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra;

/// <summary>One Lambda function for each step; the function's handler is the step's name.</summary>
public sealed class StepFunctions : Construct
{
    private readonly Dictionary<string, Function> _functions = [];

    public StepFunctions(Construct scope, string id, FunctionsAsset asset, IBucket bucket) : base(scope, id)
    {
        Add(StepNames.PlanRun, Minutes(2), memory: 1024);
        Add(StepNames.SamplePrompts, Minutes(15), memory: 1024);
        Add(StepNames.GenerateResponses, Minutes(15), memory: 512);
        Add(StepNames.WriteJudgeDataset, Minutes(15), memory: 1024);
        Add(StepNames.StartJudge, Minutes(2), memory: 512);
        Add(StepNames.CompleteJudge, Minutes(2), memory: 512);
        Add(StepNames.SweepJudges, Minutes(4), memory: 512);
        Add(StepNames.JudgeResponses, Minutes(15), memory: 512);
        Add(StepNames.CollectVerdicts, Minutes(15), memory: 1024);
        Add(StepNames.ComputeMetrics, Minutes(15), memory: 2048);
        Add(StepNames.RenderReport, Minutes(15), memory: 2048);
        Add(StepNames.PublishSummary, Minutes(5), memory: 512);
        Add(StepNames.RecordFailure, Minutes(2), memory: 512);
        Add(StepNames.CleanUpRun, Minutes(2), memory: 512);

        void Add(string step, Duration timeout, int memory) => _functions[step] = new Function(this, step, new FunctionProps
        {
            FunctionName = $"nova-judge-{step}",
            Runtime = Runtime.PROVIDED_AL2023,
            Architecture = Architecture.X86_64,
            Handler = step,
            Code = Code.FromAsset(asset.Path),
            Timeout = timeout,
            MemorySize = memory,
            Environment = new Dictionary<string, string> { ["NOVA_BUCKET"] = bucket.BucketName },
        });
    }

    public Function this[string step] => _functions[step];
}
