using Amazon.CDK;
using Constructs;

namespace NovaJudge.Infra;

/// <summary>Everything the pipeline is on AWS.</summary>
public sealed class PipelineStack : Stack
{
    public PipelineStack(Construct scope, FunctionsAsset asset)
        : base(scope, "NovaJudge", new StackProps { Description = "Which of two language models answers better, how sure are we, did it change?" })
    {
        var store = new RunStore(this, "Store");
        var functions = new StepFunctions(this, "Steps", asset, store.Bucket);
        var evaluation = new EvaluationStateMachine(this, "Evaluation", functions, store.Bucket);
        _ = new Triggers(this, "Triggers", evaluation.Machine, functions, store.Bucket);
    }
}
