using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;
using LambdaFunction = Amazon.CDK.AWS.Events.Targets.LambdaFunction;

namespace NovaJudge.Infra.Triggers;

/// <summary>The events that start runs and steps: uploads, the end of a judge's job, the end of a run that went wrong.</summary>
public sealed class EventTriggers : Construct
{
    public EventTriggers(Construct scope, string id, StateMachine machine, StepFunctions functions, IBucket bucket, IQueue undelivered)
        : base(scope, id)
    {
        // An empty object is a folder made in the console. The prefix keeps the pipeline's own writes from starting it.
        new Rule(this, "Uploads", new RuleProps
        {
            Description = "An upload under incoming/ starts a run",
            EventPattern = Events("aws.s3", "Object Created", new()
            {
                ["bucket"] = new Dictionary<string, object> { ["name"] = new[] { bucket.BucketName } },
                ["object"] = new Dictionary<string, object>
                {
                    ["key"] = new[] { new Dictionary<string, object> { ["prefix"] = RunKeys.IncomingPrefix } },
                    ["size"] = new[] { new Dictionary<string, object> { ["anything-but"] = new object[] { 0 } } },
                },
            }),
        }).AddTarget(new SfnStateMachine(machine, new SfnStateMachineProps
        {
            Role = new Role(this, "UploadsRole", new RoleProps
            {
                Description = "Lets uploads start runs",
                AssumedBy = Allow.Service("events.amazonaws.com", Amazon.CDK.Aws.ACCOUNT_ID),
                InlinePolicies = Allow.Only(Allow.To("StartRuns", ["states:StartExecution"], [machine.StateMachineArn])),
            }).WithoutPolicyUpdates(),
            DeadLetterQueue = undelivered,
            MaxEventAge = Hours(24),
            RetryAttempts = 185,
        }));

        new Rule(this, "JudgeEnded", new RuleProps
        {
            Description = "A judge's job has ended: whoever waits for it is answered",
            EventPattern = Events("aws.sagemaker", "SageMaker Training Job State Change", new()
            {
                ["TrainingJobName"] = new[] { new Dictionary<string, object> { ["prefix"] = PipelineNames.JudgeJobPrefix } },
                ["TrainingJobStatus"] = new[] { "Completed", "Failed", "Stopped" },
            }),
        }).AddTarget(Function(StepNames.CompleteJudge));

        new Rule(this, "RunEnded", new RuleProps
        {
            Description = "A run failed, timed out or was aborted: what it left running is stopped",
            EventPattern = Events("aws.states", "Step Functions Execution Status Change", new()
            {
                ["stateMachineArn"] = new[] { machine.StateMachineArn },
                ["status"] = new[] { "FAILED", "TIMED_OUT", "ABORTED" },
            }),
        }).AddTarget(Function(StepNames.CleanUpRun));

        LambdaFunction Function(string step) => new(functions[step], new LambdaFunctionProps
        {
            DeadLetterQueue = undelivered,
            MaxEventAge = Hours(6),
            RetryAttempts = 20,
        });
    }

    private static EventPattern Events(string source, string detailType, Dictionary<string, object> detail) =>
        new() { Source = [source], DetailType = [detailType], Detail = detail };
}
