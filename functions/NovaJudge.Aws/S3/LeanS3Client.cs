using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.S3;

/// <summary>The SDK's client without the handlers that a start of a function pays for and nothing here uses.</summary>
internal sealed class LeanS3Client : AmazonS3Client
{
    public LeanS3Client(AmazonS3Config config)
        : base(config)
    {
    }

    public LeanS3Client(AWSCredentials credentials, AmazonS3Config config)
        : base(credentials, config)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveUnusedHandlers();
    }
}
