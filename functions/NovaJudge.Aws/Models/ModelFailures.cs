using System.Net;
using Amazon.Runtime;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.Models;

/// <summary>What a failed call of a model means, as far as it does not depend on the service.</summary>
internal static class ModelFailures
{
    private static readonly HashSet<string> Credentials =
    [
        "ExpiredToken", "ExpiredTokenException", "IncompleteSignatureException", "InvalidClientTokenId", "InvalidSignatureException",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException", "SignatureDoesNotMatch", "UnrecognizedClientException",
    ];

    /// <param name="exception">What the client threw.</param>
    /// <param name="access">What the caller's role must be allowed to do.</param>
    public static ModelException Describe(Exception exception, string access) => exception switch
    {
        AmazonUnmarshallingException => Of(ModelFailureKind.Transient, "unreadable", "the service's answer cannot be read", exception),
        AmazonServiceException service => Describe(service, access),
        AmazonClientException or ProcessAWSCredentialException => Of(ModelFailureKind.Permanent, "credentials", $"{exception.Message} Give credentials and a region (AWS_PROFILE, AWS_REGION, or a role)", exception),
        TimeoutException or OperationCanceledException => Of(ModelFailureKind.Transient, "timeout", "no answer in time", exception),
        _ => Of(ModelFailureKind.Transient, "connection", exception.Message, exception),
    };

    public static ModelException Of(ModelFailureKind kind, string code, string message, Exception? cause = null) =>
        new(kind, code, message.EndsWith('.') ? message : message + ".", (cause as ServiceException)?.RetryAfter, cause);

    private static ModelException Describe(AmazonServiceException exception, string access) => exception switch
    {
        _ when IsThrottled(exception) => Of(ModelFailureKind.Throttled, "throttled", exception.Message, exception),
        _ when Credentials.Contains(exception.ErrorCode) =>
            Of(ModelFailureKind.Permanent, "credentials", $"{exception.Message} The credentials are wrong or have expired; sign in again", exception),
        { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            Of(ModelFailureKind.Permanent, "accessDenied", $"{exception.Message} {access}", exception),
        { ErrorCode: "UnknownOperationException" or "Http404" or "Http405" or "Http301" or "Http302" or "Http307" } =>
            Of(ModelFailureKind.Permanent, "wrongEndpoint", $"{exception.Message} This address is not the service's; check the region and AWS_ENDPOINT_URL", exception),
        { StatusCode: var status } when (int)status >= 500 => Of(ModelFailureKind.Transient, $"http{(int)status}", exception.Message, exception),
        { StatusCode: HttpStatusCode.RequestTimeout } => Of(ModelFailureKind.Transient, "timeout", exception.Message, exception),
        _ => Of(ModelFailureKind.Item, "rejected", $"{exception.ErrorCode}: {exception.Message}", exception),
    };

    private static bool IsThrottled(AmazonServiceException exception) =>
        (int)exception.StatusCode == 429
        || exception.ErrorCode is "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "ServiceQuotaExceededException" or "RequestLimitExceeded";
}
