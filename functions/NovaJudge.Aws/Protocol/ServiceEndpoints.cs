using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace NovaJudge.Aws.Protocol;

/// <summary>Finds the address of a service: the configured one, or the one that its region's partition has.</summary>
internal sealed class ServiceEndpointProvider(string hostPrefix) : IEndpointProvider
{
    private const string Region = "Region";
    private const string Override = "Endpoint";
    private const string Fips = "UseFIPS";
    private const string DualStack = "UseDualStack";

    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternate)
    {
        var parameters = new EndpointParameters();
        parameters[Region] = alternate?.SystemName ?? config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion;
        parameters[Override] = config.ServiceURL;
        parameters[Fips] = config.UseFIPSEndpoint;
        parameters[DualStack] = config.UseDualstackEndpoint;
        return parameters;
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters[Override] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        if (parameters[DualStack] is true)
        {
            throw new AmazonClientException($"Dual-stack endpoints of {hostPrefix} are not supported; set AWS_ENDPOINT_URL to the address to use.");
        }

        if (parameters[Region] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("No AWS region is configured; set AWS_REGION.");
        }

        return new Endpoint($"https://{Host(parameters[Fips] is true)}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
    }

    // "-fips" belongs to the first label: api-fips.sagemaker, bedrock-runtime-fips.
    private string Host(bool fips) =>
        !fips ? hostPrefix
        : hostPrefix.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? $"{hostPrefix[..dot]}-fips{hostPrefix[dot..]}"
        : $"{hostPrefix}-fips";
}

/// <summary>Puts the address of the service into the request.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        ServiceEndpointProvider.Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
}

/// <summary>Signs with Signature Version 4, or with a bearer token where one is configured (<c>AWS_BEARER_TOKEN_BEDROCK</c>).</summary>
internal sealed class ServiceAuthResolver : BaseAuthResolverHandler
{
    private static readonly List<IAuthSchemeOption> Signature = AuthSchemeOption.DEFAULT_SIGV4;
    private static readonly List<IAuthSchemeOption> TokenOrSignature = [.. AuthSchemeOption.DEFAULT_BEARER, .. AuthSchemeOption.DEFAULT_SIGV4];

    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        executionContext.RequestContext.ClientConfig.AWSTokenProvider is null ? Signature : TokenOrSignature;
}
