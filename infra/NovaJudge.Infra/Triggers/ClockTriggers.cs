using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Triggers;

/// <summary>What runs by the clock: the sweeper always, the suite when the deployment says so.</summary>
public sealed class ClockTriggers : Construct
{
    public ClockTriggers(Construct scope, string id, StateMachine machine, StepFunctions functions, SuiteSchedule? suite, IQueue undelivered) : base(scope, id)
    {
        var sweeper = functions[StepNames.SweepJudges];
        Schedule("Sweep", "Events may be lost: look after the judges' jobs", "rate(5 minutes)", "UTC", "lambda:InvokeFunction", sweeper.FunctionArn,
            """{"scheduledTime":"<aws.scheduler.scheduled-time>"}""", retryFor: Duration.Minutes(4));
        if (suite is not null)
        {
            Schedule("Suite", "Runs the suite", suite.Expression, suite.TimeZone, "states:StartExecution", machine.StateMachineArn,
                suite.Input, retryFor: Duration.Hours(1));
        }

        void Schedule(string name, string description, string expression, string timeZone, string action, string target, string input, Duration retryFor)
        {
            var role = new Role(this, $"{name}Role", new RoleProps
            {
                Description = description,
                AssumedBy = Allow.Service("scheduler.amazonaws.com", Aws.ACCOUNT_ID),
                InlinePolicies = Allow.Only(
                    Allow.To("Start", [action], [target]),
                    Allow.To("ReportLoss", ["sqs:SendMessage"], [undelivered.QueueArn])),
            });
            _ = new CfnSchedule(this, name, new CfnScheduleProps
            {
                Description = description,
                ScheduleExpression = expression,
                ScheduleExpressionTimezone = timeZone,
                FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
                Target = new CfnSchedule.TargetProperty
                {
                    Arn = target,
                    RoleArn = role.RoleArn,
                    Input = input,
                    DeadLetterConfig = new CfnSchedule.DeadLetterConfigProperty { Arn = undelivered.QueueArn },
                    RetryPolicy = new CfnSchedule.RetryPolicyProperty { MaximumEventAgeInSeconds = retryFor.ToSeconds(), MaximumRetryAttempts = 10 },
                },
            });
        }
    }
}
