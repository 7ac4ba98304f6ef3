using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Flow;
using NovaJudge.Infra.Judging;
using NovaJudge.Infra.Operations;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Steps;
using NovaJudge.Infra.Storage;
using NovaJudge.Infra.Triggers;
using LogGroupProps = Amazon.CDK.AWS.Logs.LogGroupProps;

namespace NovaJudge.Infra;

/// <summary>Everything the pipeline is on AWS.</summary>
public sealed class PipelineStack : Stack
{
    public PipelineStack(Construct scope, PipelineSettings settings, FunctionsAsset asset)
        : base(scope, "NovaJudge", new StackProps { Description = "Which of two language models answers better, how sure are we, did it change?" })
    {
        var names = new PipelineNames(this, settings.Name);
        var store = new RunStore(this, "Store", settings.RunRetentionDays);
        var undelivered = new Undelivered(this, "Undelivered").Queue;
        var topic = new Notifications(this, "Notifications", names, store, settings.AlarmEmail).Topic;
        var judge = new JudgeRole(this, "Judge", names, store.Bucket, store.Key);
        var functions = new StepFunctions(this, "Steps", new StepFunctionsProps
        {
            Asset = asset,
            Names = names,
            Settings = settings,
            Store = store,
            Targets = new StepTargets(store.Key.KeyArn, topic.TopicArn, judge.Role.RoleArn),
            Undelivered = undelivered,
        });
        var role = new StateMachineRole(this, "EvaluationAccess", names, functions, new StoreAccess(store.Bucket, store.Key));
        var logs = new LogGroup(this, "EvaluationLogs", new LogGroupProps
        {
            LogGroupName = names.StateMachineLogGroup,
            Retention = LogDays.Of(settings.LogRetentionDays),
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        var machine = new EvaluationStateMachine(this, "Evaluation", names, functions, store.Bucket, role.Role.WithoutPolicyUpdates(), logs).Machine;
        _ = new EventTriggers(this, "Events", machine, functions, store.Bucket, undelivered);
        _ = new ClockTriggers(this, "Clock", machine, functions, settings.Schedule, undelivered);
        var alarms = new Alarms(this, "Alarms", machine, functions, undelivered, topic);
        _ = new RunDashboard(this, "Dashboard", names, machine, functions, undelivered, alarms);
        _ = new Outputs(this, "Outputs", store.Bucket, machine, topic, names);
        DeploymentGuard.Add(this, asset);
        Tags.SetTag("application", settings.Name);
    }
}
