using Amazon.Runtime;
using NovaJudge.Aws.Protocol;
using NovaJudge.LocalAws.Protocol;

namespace NovaJudge.LocalAws.Tests;

/// <summary>The stand-ins with a check of every signature that is not the SDK's own, and clients that sign.</summary>
internal sealed class SignedLocalAws : IAsyncDisposable
{
    public const string Region = "us-east-1";
    private const string AccessKey = "ASIAEXAMPLEEXAMPLE00";
    private const string SecretKey = "fake/secret+key=for/tests";
    private const string SessionToken = "fake-session-token//with+signs==";

    private SignedLocalAws(LocalAwsServer server) => Server = server;

    public LocalAwsServer Server { get; }

    public static AWSCredentials Credentials { get; } = new SessionAWSCredentials(AccessKey, SecretKey, SessionToken);

    public static async Task<SignedLocalAws> StartAsync(LocalAwsOptions options) => new(
        await LocalAwsServer.StartAsync(options with { SignatureProblem = Problem }, TestContext.Current.CancellationToken));

    /// <summary>Settings for a client of any service: one address for all of them.</summary>
    public TConfig Config<TConfig>()
        where TConfig : ServiceConfig, new() =>
        new() { ServiceURL = Server.Address, AuthenticationRegion = Region, LongestBackoff = TimeSpan.FromMilliseconds(1) };

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string? Problem(SignedRequest request) =>
        new SigV4Verifier(AccessKey, SecretKey, SessionToken, Region, request.Service, TimeProvider.System)
            .Problem(new WireCall(request.Method, request.RawTarget, request.Headers, request.Body));
}
