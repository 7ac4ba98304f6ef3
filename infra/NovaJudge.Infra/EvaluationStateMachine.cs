using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Flow;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;
using Parallel = Amazon.CDK.AWS.StepFunctions.Parallel;

namespace NovaJudge.Infra;

/// <summary>The flow: from whatever started a run to its verdict.</summary>
public sealed class EvaluationStateMachine : Construct
{
    public EvaluationStateMachine(Construct scope, string id, PipelineNames names, StepFunctions functions, IBucket bucket, IRole role, ILogGroup logs) : base(scope, id)
    {
        var flow = new FlowStates(this, functions, bucket);

        var recordFailure = flow.Task("Record the failure", StepNames.RecordFailure, Payloads.Failure, into: "$.failure", within: Minutes(3))
            .Retrying(Retries.Lambda)
            .Catching(new Fail(this, "The failure could not be recorded", new FailProps
            {
                ErrorPath = "$.error.Error",
                Cause = "The failing step's own cause is in this execution's history; the store could not be written.",
            }), into: "$.recording");
        recordFailure.Next(new Fail(this, "The run failed", new FailProps { ErrorPath = "$.failure.error", CausePath = "$.failure.cause" }));

        var plan = flow.Task("Plan the run", StepNames.PlanRun, Payloads.Trigger, into: "$", within: Minutes(3))
            .Retrying(Retries.Lambda).Catching(recordFailure);
        var sample = flow.Task("Sample the prompts", StepNames.SamplePrompts, Payloads.Run, into: "$.sample", within: Minutes(16))
            .Retrying(Retries.Lambda).Catching(recordFailure);

        var generate = new Parallel(this, "Generate the responses", new ParallelProps { ResultPath = JsonPath.DISCARD })
            .Branch(flow.Map("Answer with model A", over: "$.batchesKey", concurrency: "$.mapConcurrency.a", label: "ModelA",
                flow.Task("Generate responses of A", StepNames.GenerateResponses, Payloads.MapItem, into: "$", within: Minutes(16))
                    .Retrying(Retries.ModelThrottled, Retries.ModelWarming, Retries.ModelDeadline, Retries.Lambda), slot: "a"))
            .Branch(flow.Map("Answer with model B", over: "$.batchesKey", concurrency: "$.mapConcurrency.b", label: "ModelB",
                flow.Task("Generate responses of B", StepNames.GenerateResponses, Payloads.MapItem, into: "$", within: Minutes(16))
                    .Retrying(Retries.ModelThrottled, Retries.ModelWarming, Retries.ModelDeadline, Retries.Lambda), slot: "b"))
            .Catching(recordFailure);
        var writeDataset = flow.Task("Write the judge dataset", StepNames.WriteJudgeDataset, Payloads.Run, into: "$.pairs", within: Minutes(16))
            .Retrying(Retries.Lambda).Catching(recordFailure);

        var judgeByJob = flow.TaskWithToken("Judge the responses", StepNames.StartJudge, Payloads.RunAndToken, into: "$.judge",
                withinSecondsAt: "$.judgeTimeoutSeconds", heartbeat: Minutes(30))
            .Retrying(Retries.JudgeCapacity, Retries.Lambda).Catching(recordFailure);
        var judgeByModel = flow.Map("Judge with a model", over: "$.judgeBatchesKey", concurrency: "$.mapConcurrency.judge", label: "Judge",
                flow.Task("Judge a batch", StepNames.JudgeResponses, Payloads.MapItem, into: "$", within: Minutes(16))
                    .Retrying(Retries.ModelThrottled, Retries.ModelWarming, Retries.ModelDeadline, Retries.Lambda))
            .Catching(recordFailure);
        var collect = flow.Task("Collect the verdicts", StepNames.CollectVerdicts, Payloads.Run, into: "$.judge", within: Minutes(16))
            .Retrying(Retries.Lambda).Catching(recordFailure);

        var compute = flow.Task("Compute the metrics", StepNames.ComputeMetrics, Payloads.Run, into: "$.metrics", within: Minutes(16))
            .Retrying(Retries.Lambda).Catching(recordFailure);
        var render = flow.Task("Render the report", StepNames.RenderReport, Payloads.Run, into: "$.report", within: Minutes(16))
            .Retrying(Retries.Lambda).Catching(recordFailure);
        var publish = flow.Task("Publish the summary", StepNames.PublishSummary, Payloads.Run, into: "$", within: Minutes(6))
            .Retrying(Retries.Lambda).Catching(recordFailure);

        judgeByJob.Next(compute);
        judgeByModel.Next(collect).Next(compute).Next(render).Next(publish);
        writeDataset.Next(new Choice(this, "Who judges?")
            .When(Condition.StringEquals("$.judging", "model"), judgeByModel).Otherwise(judgeByJob));
        sample.Next(new Choice(this, "Are the responses supplied?")
            .When(Condition.BooleanEquals("$.responsesSupplied", true), writeDataset).Otherwise(generate.Next(writeDataset)));
        plan.Next(new Choice(this, "Was the run already started?")
            .When(Condition.BooleanEquals("$.alreadyStarted", true), new Succeed(this, "Already started")).Otherwise(sample));

        Machine = new StateMachine(this, "Machine", new StateMachineProps
        {
            StateMachineName = names.StateMachine,
            DefinitionBody = DefinitionBody.FromChainable(plan),
            Timeout = Days(1),
            Role = role,
            TracingEnabled = true,
            Logs = new LogOptions { Destination = logs, Level = LogLevel.ALL, IncludeExecutionData = false },
        });
    }

    public StateMachine Machine { get; }
}
