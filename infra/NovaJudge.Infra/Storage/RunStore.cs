using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using NovaJudge.Pipeline.Runs;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra.Storage;

/// <summary>The bucket that holds uploads, runs, callbacks and history, its key, and the log of who touched it.</summary>
public sealed class RunStore : Construct
{
    public RunStore(Construct scope, string id, int runRetentionDays) : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = "Runs of the Nova judge pipeline, and the topic they are announced on",
            EnableKeyRotation = true,
        });

        // SSE-S3: S3 cannot write server access logs under a customer's key.
        var accessLogs = new Bucket(this, "AccessLogs", new BucketProps
        {
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            LifecycleRules = [new LifecycleRule { Id = "Forget", Expiration = Days(90), AbortIncompleteMultipartUploadAfter = Days(7) }],
        });

        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = Key,
            BucketKeyEnabled = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            Versioned = true,
            ServerAccessLogsBucket = accessLogs,
            ServerAccessLogsPrefix = "store/",
            LifecycleRules =
            [
                Expire("Runs", RunKeys.RunsPrefix, runRetentionDays, oldVersions: 30),
                Expire("Uploads", RunKeys.IncomingPrefix, runRetentionDays, oldVersions: 30),
                Expire("Cache", "cache/", runRetentionDays, oldVersions: 1),

                // Task tokens: useless once answered, so their versions do not stay either.
                Expire("Callbacks", RunKeys.CallbacksPrefix, days: 30, oldVersions: 1),
                new LifecycleRule { Id = "Unfinished", AbortIncompleteMultipartUploadAfter = Days(7) },
                new LifecycleRule { Id = "OldVersions", NoncurrentVersionExpiration = Days(365), ExpiredObjectDeleteMarker = true },
            ],
        });

        // By property: the L2's EventBridgeEnabled adds a function that may change the notifications of every bucket.
        ((CfnBucket)Bucket.Node.DefaultChild!).AddPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    }

    public Bucket Bucket { get; }

    /// <summary>Encrypts the objects and the topic.</summary>
    public Key Key { get; }

    /// <summary>Lets a service of AWS publish to topics under the key. SNS takes no condition here for EventBridge; the topic's own policy says who may publish.</summary>
    public void LetPublish(params string[] services)
    {
        foreach (var service in services)
        {
            Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Sid = $"PublishAs{service.Split('.')[0]}",
                Principals = [new ServicePrincipal(service)],
                Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
                Resources = ["*"],
            }));
        }
    }

    private static LifecycleRule Expire(string id, string prefix, int days, int oldVersions) => new()
    {
        Id = id,
        Prefix = prefix,
        Expiration = Days(days),
        NoncurrentVersionExpiration = Days(oldVersions),
    };
}
