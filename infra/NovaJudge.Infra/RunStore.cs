using Amazon.CDK.AWS.S3;
using Constructs;

namespace NovaJudge.Infra;

/// <summary>The bucket that holds uploads, runs, callbacks and history.</summary>
public sealed class RunStore : Construct
{
    public RunStore(Construct scope, string id) : base(scope, id)
    {
        Bucket = new Bucket(this, "Bucket", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL, EnforceSSL = true });

        // By property: the L2's EventBridgeEnabled adds a function that may change the notifications of every bucket.
        ((CfnBucket)Bucket.Node.DefaultChild!).AddPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    }

    public Bucket Bucket { get; }
}
