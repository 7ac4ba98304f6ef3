using System.Net;
using Amazon.Runtime;
using NovaJudge.Pipeline;

namespace NovaJudge.Aws.S3;

/// <summary>What a failed call of S3 means, and what to do about it.</summary>
internal static class S3Failures
{
    /// <param name="exception">What the client threw.</param>
    /// <param name="what">What could not be done, as the beginning of a sentence.</param>
    public static PipelineException Describe(Exception exception, string what) =>
        new(ErrorNames.StoreFailed, $"{what}: {Text(exception)}", exception);

    public static bool IsNotFound(AmazonServiceException exception) =>
        exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode is not "NoSuchBucket";

    /// <summary>An object is there already.</summary>
    public static bool IsTaken(AmazonServiceException exception) => exception.StatusCode == HttpStatusCode.PreconditionFailed;

    /// <summary>Two writers met; the loser may try again.</summary>
    public static bool IsConflict(AmazonServiceException exception) => exception.StatusCode == HttpStatusCode.Conflict;

    /// <summary>Nothing from the offset on.</summary>
    public static bool IsBeyondEnd(AmazonServiceException exception) => exception.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    private static string Text(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: "NoSuchBucket" } => "there is no such bucket. Check NOVA_BUCKET and the region.",
        AmazonServiceException { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" } e =>
            $"the bucket is in another region ({e.Message}). Set AWS_REGION to the bucket's.",
        AmazonServiceException { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" } e =>
            $"{e.ErrorCode}: {e.Message} The credentials are wrong or have expired; sign in again.",
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } e =>
            $"access denied ({e.Message}). The role needs s3:GetObject and s3:PutObject on it, s3:ListBucket on the bucket (without it S3 also says so of an object that is not there), and the use of the bucket's key.",
        AmazonServiceException { StatusCode: HttpStatusCode.Conflict } => "others keep writing the same object. Try again.",
        AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests } e => $"S3 asks to slow down ({e.ErrorCode}). Try again later.",
        AmazonServiceException e => $"{e.ErrorCode}: {e.Message}",
        AmazonClientException e => $"{e.Message} Give credentials and a region (AWS_PROFILE, AWS_REGION, or a role).",
        TimeoutException or OperationCanceledException => "S3 did not answer in time. Try again.",
        _ => $"S3 cannot be reached ({exception.Message}). Check the network and AWS_ENDPOINT_URL.",
    };
}
