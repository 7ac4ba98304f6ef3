using System.Net;
using Amazon.Runtime;

namespace NovaJudge.Aws.Protocol;

/// <summary>A service refused a call. <see cref="AmazonServiceException.ErrorCode"/> is the code of the service's own documentation.</summary>
public sealed class ServiceException : AmazonServiceException
{
    private ServiceException(ErrorAnswer answer, Exception? innerException, string? requestId, HttpStatusCode status, TimeSpan? retryAfter)
        : base(answer.Message, innerException, (int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender, answer.Code, requestId ?? "", status)
    {
        Fields = answer.Fields;
        RetryAfter = retryAfter;
        Retryable = RetryDetails(answer.Code, (int)status);
    }

    /// <summary>Further fields of the error, such as <c>OriginalStatusCode</c> of a model's error.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    public override RetryableDetails? Retryable { get; }

    internal static ServiceException Read(WireAnswer answer, HttpStatusCode status, Exception? innerException) =>
        new(ErrorAnswer.Read(answer, status), innerException, answer.Header("x-amzn-RequestId"), status, Wait(answer));

    // What the SDK's own list of errors worth another try leaves out. A model's time-out (408) is not among them:
    // asking again costs another full answer, so that is the caller's to decide.
    private static RetryableDetails? RetryDetails(string code, int status) => (code, status) switch
    {
        (_, 429) => new RetryableDetails(throttling: true),
        ("ModelNotReadyException", _) => new RetryableDetails(throttling: true),
        (_, 530) => new RetryableDetails(throttling: false),
        _ => null,
    };

    private static TimeSpan? Wait(WireAnswer answer) =>
        int.TryParse(answer.Header("x-amz-retry-after"), out var milliseconds) && milliseconds >= 0 ? TimeSpan.FromMilliseconds(milliseconds)
        : int.TryParse(answer.Header("Retry-After"), out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds)
        : null;
}
