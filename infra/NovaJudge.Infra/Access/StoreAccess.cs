using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;

namespace NovaJudge.Infra.Access;

/// <summary>What may be done with the objects of the store, by patterns of their keys.</summary>
public sealed class StoreAccess(IBucket bucket, IKey key)
{
    public PolicyStatement Read(params string[] keys) => Allow.To("ReadObjects", ["s3:GetObject"], Objects(keys));

    public PolicyStatement Write(params string[] keys) => Allow.To("WriteObjects", ["s3:PutObject", "s3:AbortMultipartUpload"], Objects(keys));

    public PolicyStatement Delete(params string[] keys) => Allow.To("DeleteObjects", ["s3:DeleteObject"], Objects(keys));

    /// <summary>Without it S3 answers 403, not 404, for an object that is not there; a condition on the prefix would bring the 403 back.</summary>
    public PolicyStatement List => Allow.To("FindObjects", ["s3:ListBucket"], [bucket.BucketArn]);

    /// <summary>The objects' key, for S3 on the caller's behalf and for nothing else.</summary>
    public PolicyStatement UseKey => Allow.To("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], [key.KeyArn],
        Allow.When("kms:ViaService", $"s3.{Aws.REGION}.{Aws.URL_SUFFIX}"));

    public string[] Objects(params string[] keys) => [.. keys.Select(bucket.ArnForObjects)];
}
