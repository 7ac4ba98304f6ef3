using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.SageMakerRuntime;

/// <summary>Settings of <see cref="AmazonSageMakerRuntimeClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME</c>.</summary>
public sealed class AmazonSageMakerRuntimeConfig : ServiceConfig
{
    public AmazonSageMakerRuntimeConfig()
        : base(new ServiceIdentity("SageMaker Runtime", "sagemaker", "runtime.sagemaker", "2017-05-13")) =>

        // The service gives a container 60 seconds and then answers itself.
        Timeout = TimeSpan.FromSeconds(70);
}

/// <summary>Amazon SageMaker's hosted models.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonSageMakerRuntimeClient(AWSCredentials? credentials = null, AmazonSageMakerRuntimeConfig? config = null)
    : ServiceClient(credentials, config ?? new AmazonSageMakerRuntimeConfig())
{
    /// <summary>Asks a model's container. What it says itself, errors included, comes back as <c>ModelError</c> with <c>OriginalStatusCode</c> and <c>OriginalMessage</c>.</summary>
    public Task<InvokeEndpointResponse> InvokeEndpointAsync(InvokeEndpointRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(
            new WireRequest
            {
                ResourcePath = "/endpoints/{EndpointName}/invocations",
                PathResources = new Dictionary<string, string> { ["{EndpointName}"] = request.EndpointName },
                Headers = new Dictionary<string, string?>
                {
                    ["Content-Type"] = request.ContentType,
                    ["Accept"] = request.Accept,
                    ["X-Amzn-SageMaker-Inference-Component"] = request.InferenceComponentName,
                    ["X-Amzn-SageMaker-Target-Variant"] = request.TargetVariant,
                    ["X-Amzn-SageMaker-Custom-Attributes"] = request.CustomAttributes,
                    ["X-Amzn-SageMaker-Inference-Id"] = request.InferenceId,
                },
                Body = request.Body,
            },
            answer => new InvokeEndpointResponse(
                answer.Body, answer.Header("Content-Type"), answer.Header("x-Amzn-Invoked-Production-Variant")),
            cancellationToken);
}

/// <summary>A call of a hosted model.</summary>
public sealed record InvokeEndpointRequest
{
    public required string EndpointName { get; init; }

    /// <summary>At most 6,291,456 bytes.</summary>
    public required byte[] Body { get; init; }

    public string? ContentType { get; init; }

    public string? Accept { get; init; }

    /// <summary>Which model of an endpoint that hosts several as inference components.</summary>
    public string? InferenceComponentName { get; init; }

    public string? TargetVariant { get; init; }

    public string? CustomAttributes { get; init; }

    public string? InferenceId { get; init; }
}

/// <param name="Body">What the container said; at most 6,291,456 bytes.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="InvokedProductionVariant">Which variant answered.</param>
public sealed record InvokeEndpointResponse(byte[] Body, string? ContentType, string? InvokedProductionVariant);
