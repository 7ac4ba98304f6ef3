using NovaJudge.Pipeline.Generation;

namespace NovaJudge.LocalAws.Protocol;

/// <summary>How the two services that host models say what went wrong with one.</summary>
internal static class ModelErrors
{
    /// <summary>As Bedrock says it.</summary>
    public static AwsErrorException OfBedrock(ModelException failure) => (failure.Kind, failure.Code) switch
    {
        (ModelFailureKind.Throttled, _) => new AwsErrorException(429, "ThrottlingException", failure.Message),
        (ModelFailureKind.Warming, _) => new AwsErrorException(429, "ModelNotReadyException", failure.Message),
        (ModelFailureKind.Permanent, _) => new AwsErrorException(404, "ResourceNotFoundException", failure.Message),
        (ModelFailureKind.Item, "contextTooLong") => new AwsErrorException(400, "ValidationException", $"Input is too long for requested model. {failure.Message}"),
        (ModelFailureKind.Item, _) => new AwsErrorException(400, "ValidationException", failure.Message),
        (_, "timeout") => new AwsErrorException(408, "ModelTimeoutException", failure.Message),
        _ => new AwsErrorException(500, "InternalServerException", failure.Message),
    };

    /// <summary>As SageMaker says it, whose containers answer for themselves.</summary>
    public static AwsErrorException OfEndpoint(ModelException failure, string endpoint) => (failure.Kind, failure.Code) switch
    {
        (ModelFailureKind.Throttled, _) => new AwsErrorException(429, "ThrottlingException", failure.Message),
        (ModelFailureKind.Warming, _) => new AwsErrorException(400, "ValidationError", $"Inference component has no capacity to process this request. {failure.Message}"),
        (ModelFailureKind.Permanent, _) => new AwsErrorException(400, "ValidationError", $"Endpoint {endpoint} not found. {failure.Message}"),
        (ModelFailureKind.Item, "contextTooLong") => OfContainer(400, $"This model's maximum context length is exceeded. {failure.Message}"),
        (ModelFailureKind.Item, _) => OfContainer(400, failure.Message),
        (_, "timeout") => OfContainer(0, $"Your model container timed out. {failure.Message}"),
        _ => OfContainer(500, failure.Message),
    };

    private static AwsErrorException OfContainer(int status, string message) => new(424, "ModelError", $"Received server error ({status}) from primary: {message}",
        ("OriginalStatusCode", $"{status}"), ("OriginalMessage", message));
}
