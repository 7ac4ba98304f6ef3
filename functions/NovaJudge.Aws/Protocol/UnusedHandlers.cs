using Amazon.Runtime.Internal;

namespace NovaJudge.Aws.Protocol;

/// <summary>Handlers of the SDK's pipeline that serve nothing here.</summary>
internal static class UnusedHandlers
{
    extension(RuntimePipeline pipeline)
    {
        /// <summary>
        /// Takes out tracing spans, compression of request bodies and endpoint discovery. The first asks every exception for its stack
        /// trace, an object that is not there included; NativeAOT sorts the names of all methods for that, a third of a cold start.
        /// </summary>
        public void RemoveUnusedHandlers()
        {
            pipeline.RemoveHandler<MetricsHandler>();
            pipeline.RemoveHandler<CompressionHandler>();
            pipeline.RemoveHandler<EndpointDiscoveryHandler>();
        }
    }
}
