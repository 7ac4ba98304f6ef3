using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace NovaJudge.Aws.Protocol;

/// <summary>
/// A client on the pipeline of the AWS SDK: credentials, region, endpoint, signature, retries, clock skew and trace header
/// behave as in any generated client. Decision 001 says why it is not one.
/// </summary>
public abstract class ServiceClient : AmazonServiceClient
{
    private readonly WireMarshaller _marshaller;

    /// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
    /// <param name="config">Settings of the client.</param>
    protected ServiceClient(AWSCredentials? credentials, ServiceConfig config)
        : base(credentials, config) => _marshaller = new WireMarshaller(config.ServiceId);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveUnusedHandlers();
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<ServiceEndpointResolver>(new ServiceAuthResolver());
        pipeline.AddHandlerAfter<Unmarshaller>(new BodyReader());
        foreach (var policy in pipeline.Handlers.OfType<RetryHandler>().Select(handler => handler.RetryPolicy).OfType<StandardRetryPolicy>())
        {
            policy.MaxBackoffInMilliseconds = (int)((ServiceConfig)Config).LongestBackoff.TotalMilliseconds;
        }
    }

    /// <summary>Sends a call and reads its answer; the token bounds all attempts and the waits between them.</summary>
    /// <exception cref="ServiceException">The service refused the call.</exception>
    protected async Task<T> SendAsync<T>(WireRequest request, Func<WireAnswer, T> read, CancellationToken cancellationToken)
    {
        var options = new InvokeOptions { RequestMarshaller = _marshaller, ResponseUnmarshaller = new WireUnmarshaller<T>(read) };
        var result = await InvokeAsync<WireResult<T>>(request, options, cancellationToken);
        return result.Value!;
    }
}
