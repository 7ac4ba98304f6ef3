using Amazon.Runtime;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Models.OnAws;

/// <summary>Models of Bedrock and endpoints of SageMaker, called from this machine with its user's own credentials and rights.</summary>
internal sealed class AwsModels : IModelProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly AwsModelProvider _models;

    public AwsModels()
    {
        AwsAccount.EnableProfiles();
        _models = new AwsModelProvider(
            allowed: null,
            new(() => new AmazonBedrockRuntimeClient(config: AwsModelProvider.OneRetry(new AmazonBedrockRuntimeConfig()))),
            new(() => new AmazonSageMakerRuntimeClient(config: AwsModelProvider.OneRetry(new AmazonSageMakerRuntimeConfig()))),
            new(() => new AmazonSageMakerClient(config: AwsModelProvider.OneRetry(new AmazonSageMakerConfig()))));
    }

    public static bool Knows(ModelSpec model) => model.Scheme is "bedrock" or "sagemaker";

    /// <inheritdoc/>
    /// <remarks>Calls no model. A retired model is known without an account; an endpoint is looked up.</remarks>
    public async ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken)
    {
        if (settings.ApiKeyVariable is { } variable)
        {
            return $"{settings.Model.Scheme}: models are called with AWS credentials, not with the key in {variable}";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return settings.Model.Scheme == "bedrock"
                ? await _models.CheckAsync(settings, limit.Token) ?? await AwsAccount.FindProblemAsync(limit.Token)
                : await AwsAccount.FindProblemAsync(limit.Token) ?? await _models.CheckAsync(settings, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or AmazonClientException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"it cannot be looked up: {e.Message}";
        }
    }

    public IChatClient Open(ModelSettings settings) => _models.Open(settings);
}
