using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Operations;
using NovaJudge.Infra.Settings;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Steps;

/// <summary>What each step may do, and nothing else. Keys are those of the run's layout (<c>RunKeys</c>), with a star for the run.</summary>
public sealed class StepPermissions(StoreAccess store, PipelineNames names, PipelineSettings settings, StepTargets targets)
{
    private readonly ModelAccess _models = new(names, settings.Models);

    /// <summary>The statements of one step's role, without what every function has.</summary>
    public IEnumerable<PolicyStatement> Of(string step) => step switch
    {
        StepNames.PlanRun =>
        [
            store.Read("incoming/*", "baselines/*", "runs/*"),
            store.Write("runs/*/request.json", "runs/*/claim.json", "runs/*/telemetry/*"),
            store.Delete("runs/*/failure.json"),
            .. ReadDatasets, .. _models.Describe,
        ],
        StepNames.SamplePrompts =>
        [
            store.Read("incoming/*", "runs/*"),
            store.Write("runs/*/prompts.jsonl", "runs/*/batches.jsonl", "runs/*/sample.json", "runs/*/responses/*", "runs/*/telemetry/*"),
            .. ReadDatasets,
        ],
        StepNames.GenerateResponses =>
        [
            store.Read("runs/*", "cache/*"),
            store.Write("runs/*/responses/*", "runs/*/failure.json", "runs/*/telemetry/*", "cache/*"),
            store.Delete("runs/*/responses/*.part.jsonl"),
            .. _models.Invoke,
        ],
        StepNames.WriteJudgeDataset =>
        [
            store.Read("runs/*", "baselines/*.anchors.jsonl"),
            store.Write("baselines/*.anchors.jsonl", "runs/*/judge/anchors.jsonl", "runs/*/judge/input/*", "runs/*/judge/index.jsonl", "runs/*/judge/batches.jsonl", "runs/*/judge/excluded.jsonl", "runs/*/judge/pairs.json", "runs/*/failure.json", "runs/*/telemetry/*"),
        ],
        StepNames.StartJudge =>
        [
            store.Read("runs/*", "callbacks/*"),
            store.Write("runs/*/judge/recipe/*", "runs/*/judge/job.json", "runs/*/telemetry/*", "callbacks/*"),
            store.Delete("callbacks/*"),
            .. StartJobs, AnswerTasks,
        ],
        StepNames.CompleteJudge or StepNames.SweepJudges =>
        [
            store.Read("runs/*", "callbacks/*"),
            store.Delete("callbacks/*"),
            DescribeJobs, AnswerTasks,
        ],
        StepNames.JudgeResponses =>
        [
            store.Read("runs/*", "cache/*"),
            store.Write("runs/*/judge/answers/*", "runs/*/failure.json", "runs/*/telemetry/*", "cache/*"),
            store.Delete("runs/*/judge/answers/*.part.jsonl"),
            .. _models.Invoke,
        ],
        StepNames.CollectVerdicts =>
        [
            store.Read("runs/*"),
            store.Write("runs/*/verdicts.jsonl", "runs/*/judge/output/*", "runs/*/judge/job.json", "runs/*/telemetry/*"),
        ],
        StepNames.ComputeMetrics =>
        [
            store.Read("runs/*", "history/*", "baselines/*", "exams/*"),
            store.Write("runs/*/verdicts.jsonl", "runs/*/anchor-verdicts.jsonl", "runs/*/metrics.json", "runs/*/telemetry/*"),
            DescribeJobs,
        ],
        StepNames.RenderReport =>
        [
            store.Read("runs/*", "history/*", "baselines/*"),
            store.Write("runs/*/report/*", "runs/*/telemetry/*"),
        ],
        StepNames.PublishSummary =>
        [
            store.Read("runs/*", "history/*", "baselines/*"),
            store.Write("runs/*/summary.json", "runs/*/telemetry/*", "history/*"),
            .. Announce,
        ],
        StepNames.RecordFailure =>
        [
            store.Read("runs/*"),
            store.Write("runs/*/failure.json"),
        ],
        StepNames.CleanUpRun =>
        [
            store.Read("runs/*", "callbacks/*"),
            store.Delete("callbacks/*"),
            StopJobs,
        ],
        _ => throw new ArgumentException($"Nobody has decided what step \"{step}\" may do.", nameof(step)),
    };

    private PolicyStatement[] ReadDatasets => settings.DatasetBuckets.Count == 0 ? [] :
    [
        Allow.To("ReadDatasets", ["s3:GetObject"], [.. settings.DatasetBuckets.Select(bucket => $"arn:{Aws.PARTITION}:s3:::{bucket}/*")]),
        Allow.To("FindDatasets", ["s3:ListBucket"], [.. settings.DatasetBuckets.Select(bucket => $"arn:{Aws.PARTITION}:s3:::{bucket}")]),
    ];

    /// <summary>Jobs on the listed instance types only, their results under our key, with the judge's role and no other.</summary>
    private PolicyStatement[] StartJobs =>
    [
        Allow.To("StartJobs", ["sagemaker:CreateTrainingJob"], [names.JudgeJobsArn], new()
        {
            ["ForAllValues:StringEquals"] = new Dictionary<string, object> { ["sagemaker:InstanceTypes"] = settings.JudgeInstanceTypes.ToArray() },
            ["Null"] = new Dictionary<string, object> { ["sagemaker:InstanceTypes"] = "false" },
            ["ArnEquals"] = new Dictionary<string, object> { ["sagemaker:OutputKmsKeyArn"] = targets.KeyArn },
        }),
        Allow.To("TagJobs", ["sagemaker:AddTags"], [names.JudgeJobsArn]),
        Allow.To("PassJudgeRole", ["iam:PassRole"], [targets.JudgeRoleArn], Allow.When("iam:PassedToService", "sagemaker.amazonaws.com")),
        DescribeJobs,
    ];

    private PolicyStatement DescribeJobs => Allow.To("DescribeJobs", ["sagemaker:DescribeTrainingJob"], [names.JudgeJobsArn]);

    private PolicyStatement StopJobs => Allow.To("StopJobs", ["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"], [names.JudgeJobsArn]);

    private PolicyStatement AnswerTasks => Allow.To("AnswerTasks",
        ["states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"], [names.StateMachineArn]);

    private PolicyStatement[] Announce =>
    [
        Allow.To("Announce", ["sns:Publish"], [targets.TopicArn]),
        Allow.To("UseTopicKey", ["kms:Decrypt", "kms:GenerateDataKey"], [targets.KeyArn], Allow.When("kms:ViaService", $"sns.{Aws.REGION}.{Aws.URL_SUFFIX}")),
        Allow.To("SendEvents", ["events:PutEvents"], [names.Arn("events", "event-bus", "default")], Allow.When("events:source", Announcements.EventSource)),
    ];
}

/// <summary>What steps act on, beside the store.</summary>
public sealed record StepTargets(string KeyArn, string TopicArn, string JudgeRoleArn);
