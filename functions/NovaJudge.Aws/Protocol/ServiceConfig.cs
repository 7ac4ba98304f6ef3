using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace NovaJudge.Aws.Protocol;

/// <summary>
/// Settings of a client, as every AWS SDK knows them: region, endpoint and retries come from the environment
/// (<c>AWS_REGION</c>, <c>AWS_ENDPOINT_URL[_SERVICE]</c>, <c>AWS_MAX_ATTEMPTS</c>, a profile) unless they are set here.
/// </summary>
public abstract class ServiceConfig : ClientConfig
{
    private static readonly IDefaultConfiguration[] Defaults =
    [
        new DefaultConfiguration
        {
            Name = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            ConnectTimeout = TimeSpan.FromSeconds(3.1),
            TlsNegotiationTimeout = TimeSpan.FromSeconds(3.1),
        },
    ];

    private readonly ServiceIdentity _identity;

    protected ServiceConfig(ServiceIdentity identity)
        : base(new DefaultConfigurationProvider(Defaults))
    {
        _identity = identity;
        ServiceId = identity.ServiceId;
        AuthenticationServiceName = identity.SigningName;
        EndpointProvider = new ServiceEndpointProvider(identity.HostPrefix);

        // A retry may come minutes after the first attempt, with credentials that have changed since.
        ResignRetries = true;

        // A redirect would carry a signature made for another host.
        AllowAutoRedirect = false;

        // The SDK's ten are ten answers paid for when a server breaks off in the middle of each.
        MaxStaleConnectionRetries = 3;
        Timeout = TimeSpan.FromSeconds(30);
    }

    /// <summary>Longest wait between two attempts; 20 s by default.</summary>
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromSeconds(20);

    public override string ServiceVersion => _identity.ApiVersion;

    public override string UserAgent => InternalSDKUtils.BuildUserAgentString(_identity.ServiceId.Replace(' ', '_'), "0.1.0");

    public override string RegionEndpointServiceName => _identity.HostPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointProvider.Parameters(this, parameters.AlternateEndpoint));
}
