using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using LambdaFunction = Amazon.CDK.AWS.Events.Targets.LambdaFunction;

namespace NovaJudge.Infra;

/// <summary>What starts runs and steps from outside: uploads, the judge's events, ends nobody caught, and the clock.</summary>
public sealed class Triggers : Construct
{
    public Triggers(Construct scope, string id, StateMachine machine, StepFunctions functions, IBucket bucket) : base(scope, id)
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
                    ["size"] = new[] { new Dictionary<string, object> { ["numeric"] = new object[] { ">", 0 } } },
                },
            }),
        }).AddTarget(new SfnStateMachine(machine));

        new Rule(this, "JudgeEnded", new RuleProps
        {
            Description = "A judge's job has ended",
            EventPattern = Events("aws.sagemaker", "SageMaker Training Job State Change", new()
            {
                ["TrainingJobName"] = new[] { new Dictionary<string, object> { ["prefix"] = "nova-" } },
                ["TrainingJobStatus"] = new[] { "Completed", "Failed", "Stopped" },
            }),
        }).AddTarget(new LambdaFunction(functions[StepNames.CompleteJudge]));

        new Rule(this, "RunEnded", new RuleProps
        {
            Description = "A run ended in a way the machine could not catch, or failed",
            EventPattern = Events("aws.states", "Step Functions Execution Status Change", new()
            {
                ["stateMachineArn"] = new[] { machine.StateMachineArn },
                ["status"] = new[] { "FAILED", "TIMED_OUT", "ABORTED" },
            }),
        }).AddTarget(new LambdaFunction(functions[StepNames.CleanUpRun]));

        var scheduler = new Role(this, "SchedulerRole", new RoleProps { AssumedBy = new ServicePrincipal("scheduler.amazonaws.com") });
        functions[StepNames.SweepJudges].GrantInvoke(scheduler);
        _ = new CfnSchedule(this, "Sweep", new CfnScheduleProps
        {
            Description = "Events may be lost: look after the judges' jobs",
            ScheduleExpression = "rate(5 minutes)",
            FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
            Target = new CfnSchedule.TargetProperty
            {
                Arn = functions[StepNames.SweepJudges].FunctionArn,
                RoleArn = scheduler.RoleArn,
                Input = """{"scheduledTime":"<aws.scheduler.scheduled-time>"}""",
            },
        });

        if (SuiteSchedule.FromContext(this) is { } suite)
        {
            machine.GrantStartExecution(scheduler);
            _ = new CfnSchedule(this, "Suite", new CfnScheduleProps
            {
                Description = "Runs the suite",
                ScheduleExpression = suite.Expression,
                ScheduleExpressionTimezone = suite.TimeZone,
                FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
                Target = new CfnSchedule.TargetProperty { Arn = machine.StateMachineArn, RoleArn = scheduler.RoleArn, Input = suite.Input },
            });
        }
    }

    private static EventPattern Events(string source, string detailType, Dictionary<string, object> detail) =>
        new() { Source = [source], DetailType = [detailType], Detail = detail };
}
