using System.Text.Json;
using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>Settings of <see cref="AmazonBedrockRuntimeClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_BEDROCK_RUNTIME</c>.</summary>
public sealed class AmazonBedrockRuntimeConfig : ServiceConfig
{
    public AmazonBedrockRuntimeConfig()
        : base(new ServiceIdentity("Bedrock Runtime", "bedrock", "bedrock-runtime", "2023-09-30")) =>

        // A long answer takes minutes, and nothing is sent before it is complete; who calls bounds it by a token.
        Timeout = TimeSpan.FromMinutes(15);
}

/// <summary>Amazon Bedrock's models.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonBedrockRuntimeClient(AWSCredentials? credentials = null, AmazonBedrockRuntimeConfig? config = null)
    : ServiceClient(credentials, config ?? new AmazonBedrockRuntimeConfig())
{
    private static readonly BedrockRuntimeJsonContext Json = BedrockRuntimeJsonContext.Default;

    /// <summary>Asks a model; the whole answer comes at once.</summary>
    public Task<ConverseResponse> ConverseAsync(ConverseRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(
            new WireRequest
            {
                ResourcePath = "/model/{modelId}/converse",
                PathResources = new Dictionary<string, string> { ["{modelId}"] = request.ModelId },
                Headers = new Dictionary<string, string?> { ["Content-Type"] = "application/json", ["Accept"] = "application/json" },
                Body = JsonSerializer.SerializeToUtf8Bytes(request, Json.ConverseRequest),
            },
            answer => JsonSerializer.Deserialize(answer.Body, Json.ConverseResponse) ?? throw new JsonException("The model answered with null."),
            cancellationToken);
}
