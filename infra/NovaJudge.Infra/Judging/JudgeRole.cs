using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using NovaJudge.Infra.Access;

namespace NovaJudge.Infra.Judging;

/// <summary>
/// What a judge's job may do: read the pairs and the recipe of a run, write its results, and pull the judge's image.
/// The container is not ours, so it gets nothing else: no other run's answers by name, no callbacks, no model.
/// </summary>
public sealed class JudgeRole : Construct
{
    public JudgeRole(Construct scope, string id, PipelineNames names, IBucket bucket, IKey key) : base(scope, id)
    {
        var store = new StoreAccess(bucket, key);
        Role = new Role(this, "Role", new RoleProps
        {
            Description = "Runs the judge's training jobs",
            AssumedBy = Allow.Service("sagemaker.amazonaws.com", Aws.ACCOUNT_ID),
            InlinePolicies = Allow.Only(
                store.Read("runs/*/judge/input/*", "runs/*/judge/recipe/*"),
                store.Write("runs/*/judge/output/*"),
                Allow.To("ListInput", ["s3:ListBucket"], [bucket.BucketArn], new()
                {
                    ["StringLike"] = new Dictionary<string, object> { ["s3:prefix"] = new[] { "runs/*/judge/input/*", "runs/*/judge/recipe/*", "runs/*/judge/output/*" } },
                }),
                // Not for S3 alone, as elsewhere: SageMaker asks for the output's key itself.
                Allow.To("UseKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], [key.KeyArn]),
                Allow.To("SignInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
                Allow.To("PullImage", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], JudgeImageRepositories.Arns),
                Allow.To("CreateLogGroup", ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
                    [names.Arn("logs", "log-group", "/aws/sagemaker/TrainingJobs", ArnFormat.COLON_RESOURCE_NAME)]),
                Allow.To("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [names.Arn("logs", "log-group", $"/aws/sagemaker/TrainingJobs:log-stream:{PipelineNames.JudgeJobPrefix}*", ArnFormat.COLON_RESOURCE_NAME)]),
                Allow.To("ReportUse", ["cloudwatch:PutMetricData"], ["*"], Allow.When("cloudwatch:namespace", "/aws/sagemaker/TrainingJobs"))),
        });
    }

    public Role Role { get; }
}
