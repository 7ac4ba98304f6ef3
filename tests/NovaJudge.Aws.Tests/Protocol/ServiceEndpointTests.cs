using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.Protocol;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Aws.StepFunctions;

namespace NovaJudge.Aws.Tests.Protocol;

/// <summary>Host names and variables as the service models of AWS name them.</summary>
public sealed class ServiceEndpointTests
{
    public static TheoryData<ServiceConfig, string, bool, string> Hosts { get; } = new()
    {
        { new AmazonStepFunctionsConfig(), "us-east-1", false, "https://states.us-east-1.amazonaws.com" },
        { new AmazonSageMakerConfig(), "eu-west-1", false, "https://api.sagemaker.eu-west-1.amazonaws.com" },
        { new AmazonSageMakerRuntimeConfig(), "eu-west-1", false, "https://runtime.sagemaker.eu-west-1.amazonaws.com" },
        { new AmazonBedrockRuntimeConfig(), "ap-northeast-1", false, "https://bedrock-runtime.ap-northeast-1.amazonaws.com" },
        { new AmazonEventBridgeConfig(), "cn-north-1", false, "https://events.cn-north-1.amazonaws.com.cn" },
        { new AmazonSimpleNotificationServiceConfig(), "us-gov-west-1", false, "https://sns.us-gov-west-1.amazonaws.com" },
        { new AmazonSageMakerConfig(), "us-east-1", true, "https://api-fips.sagemaker.us-east-1.amazonaws.com" },
        { new AmazonBedrockRuntimeConfig(), "us-east-1", true, "https://bedrock-runtime-fips.us-east-1.amazonaws.com" },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_service_is_found_in_its_region(ServiceConfig config, string region, bool fips, string expected)
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.UseFIPSEndpoint = fips;

        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new WireRequest()));

        endpoint.URL.ShouldBe(expected);
    }

    [Fact]
    public void A_dual_stack_endpoint_is_refused()
    {
        var config = new AmazonStepFunctionsConfig { RegionEndpoint = RegionEndpoint.EUWest1, UseDualstackEndpoint = true };

        var exception = Should.Throw<AmazonClientException>(() => config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new WireRequest())));

        exception.Message.ShouldContain("AWS_ENDPOINT_URL");
    }
}
