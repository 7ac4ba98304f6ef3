using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Flow;

/// <summary>
/// What the state machine may do. Written by hand: CDK 2.160 grants no key to Maps over encrypted buckets, names
/// executions by a wrong ARN, and would let the machine read and write the whole bucket.
/// </summary>
public sealed class StateMachineRole : Construct
{
    /// <summary>Labels of the Maps that the flow runs as child executions.</summary>
    public static IReadOnlyList<string> MapLabels { get; } = ["ModelA", "ModelB", "Judge"];

    /// <summary>Steps that are not called by the machine.</summary>
    private static readonly string[] CalledByOthers = [StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.CleanUpRun];

    public StateMachineRole(Construct scope, string id, PipelineNames names, StepFunctions functions, StoreAccess store) : base(scope, id)
    {
        Role = new Role(this, "Role", new RoleProps
        {
            Description = "Runs the evaluation state machine",
            AssumedBy = Allow.Service("states.amazonaws.com", Aws.ACCOUNT_ID),
            InlinePolicies = Allow.Only(
                Allow.To("CallSteps", ["lambda:InvokeFunction"], [.. StepNames.All.Except(CalledByOthers).Select(step => functions[step].FunctionArn)]),
                store.Read("runs/*/batches.jsonl", "runs/*/judge/batches.jsonl"),
                Allow.To("WriteMapResults", ["s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"], store.Objects("runs/*/maps/*")),
                store.List,
                store.UseKey,
                Allow.To("RunMaps", ["states:StartExecution"], [names.StateMachineArn]),
                Allow.To("WatchMaps", ["states:DescribeExecution", "states:StopExecution"], [names.ExecutionsArn(), .. MapLabels.Select(names.ExecutionsArn)]),
                Allow.To("RedriveMaps", ["states:RedriveExecution"], [.. MapLabels.Select(names.ExecutionsArn)]),
                Allow.To("DeliverLogs",
                    [
                        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries",
                        "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
                    ], ["*"]),
                Allow.To("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"], ["*"])),
        });
    }

    public Role Role { get; }
}
