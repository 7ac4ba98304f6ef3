using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Access;

namespace NovaJudge.Infra.Operations;

/// <summary>What somebody needs after a deployment, printed by <c>cdk deploy</c>.</summary>
public sealed class Outputs : Construct
{
    public Outputs(Construct scope, string id, IBucket bucket, StateMachine machine, ITopic topic, PipelineNames names) : base(scope, id)
    {
        Print("Bucket", "Uploads go under incoming/ of this bucket", bucket.BucketName);
        Print("StateMachine", "Start a run: aws stepfunctions start-execution --input file://events/console.json --state-machine-arn", machine.StateMachineArn);
        Print("Topic", "Results and alarms: subscribe here", topic.TopicArn);
        Print("Dashboard", "How it runs", $"https://{Aws.REGION}.console.{Aws.URL_SUFFIX}/cloudwatch/home?region={Aws.REGION}#dashboards:name={names.Dashboard}");
    }

    private void Print(string name, string description, string value) => _ = new CfnOutput(this, name, new CfnOutputProps { Description = description, Value = value });
}
