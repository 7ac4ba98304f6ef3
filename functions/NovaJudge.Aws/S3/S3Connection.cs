using Amazon.Runtime;
using Amazon.S3;

namespace NovaJudge.Aws.S3;

/// <summary>Connects to S3, or to a server that speaks its interface.</summary>
public static class S3Connection
{
    /// <summary>A client with settings from the environment (<c>AWS_REGION</c>, <c>AWS_ENDPOINT_URL_S3</c>, a profile).</summary>
    /// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
    /// <param name="serviceUrl">Address of another server than AWS's; <c>null</c> means the environment's, if any.</param>
    /// <param name="region">The region to sign for at that address; <c>null</c> means the environment's.</param>
    public static AmazonS3Client Open(AWSCredentials? credentials = null, string? serviceUrl = null, string? region = null)
    {
        var config = new AmazonS3Config { ResignRetries = true, MaxStaleConnectionRetries = 3 };
        if ((serviceUrl ?? config.ServiceURL) is { } address)
        {
            // Asked for the region before: an address that is set forgets it, one from the environment is not used beside it.
            config.AuthenticationRegion = region ?? config.AuthenticationRegion ?? config.RegionEndpoint?.SystemName;
            config.ServiceURL = address;

            // Other servers rarely know buckets as host names, and few know the checksums that AWS added later.
            config.ForcePathStyle = true;
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        return credentials is null ? new LeanS3Client(config) : new LeanS3Client(credentials, config);
    }
}
