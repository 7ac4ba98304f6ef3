using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.Protocol;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Aws.StepFunctions;

namespace NovaJudge.Aws.Tests;

/// <summary>A scripted service on loopback that refuses a wrong signature, and clients that call it with session credentials.</summary>
internal sealed class LoopbackAws : IAsyncDisposable
{
    public const string Region = "eu-west-1";
    private const string AccessKey = "ASIAEXAMPLEEXAMPLE00";
    private const string SecretKey = "fake/secret+key=for/tests";
    private const string SessionToken = "fake-session-token//with+signs==";

    private LoopbackAws(LoopbackServer server) => Server = server;

    public LoopbackServer Server { get; }

    public static AWSCredentials Credentials { get; } = new SessionAWSCredentials(AccessKey, SecretKey, SessionToken);

    /// <summary>Starts a service that knows only this signing name; one answer for each call, the last one for ever.</summary>
    public static async Task<LoopbackAws> StartAsync(string signingName, params IReadOnlyList<Func<HttpContext, Task>> answers) =>
        new(await LoopbackServer.StartAsync(Verifier(signingName, TimeProvider.System), answers));

    public static SigV4Verifier Verifier(string signingName, TimeProvider clock) =>
        new(AccessKey, SecretKey, SessionToken, Region, signingName, clock);

    public AmazonStepFunctionsClient StepFunctions(Action<ServiceConfig>? change = null) => new(Credentials, Config<AmazonStepFunctionsConfig>(change));

    public AmazonSageMakerClient SageMaker() => new(Credentials, Config<AmazonSageMakerConfig>());

    public AmazonSageMakerRuntimeClient SageMakerRuntime(Action<ServiceConfig>? change = null) => new(Credentials, Config<AmazonSageMakerRuntimeConfig>(change));

    public AmazonBedrockRuntimeClient Bedrock(Action<ServiceConfig>? change = null) => new(Credentials, Config<AmazonBedrockRuntimeConfig>(change));

    public AmazonEventBridgeClient EventBridge() => new(Credentials, Config<AmazonEventBridgeConfig>());

    public AmazonSimpleNotificationServiceClient Notifications() => new(Credentials, Config<AmazonSimpleNotificationServiceConfig>());

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    // The region is that of the scope; waits between attempts are cut to nothing.
    private TConfig Config<TConfig>(Action<ServiceConfig>? change = null)
        where TConfig : ServiceConfig, new()
    {
        var config = new TConfig { ServiceURL = Server.Address, AuthenticationRegion = Region, LongestBackoff = TimeSpan.FromMilliseconds(1) };
        change?.Invoke(config);
        return config;
    }
}
