using System.Collections.Concurrent;
using Amazon.Runtime;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Models;

/// <summary>
/// Models of Bedrock and of SageMaker endpoints. One client for each model lives as long as the process, so that what a
/// model refuses is learnt once.
/// </summary>
/// <param name="allowed">The specs that may be used: what the stack gave rights for; <c>null</c> where the caller's own rights decide.</param>
/// <param name="bedrock">Made on first use.</param>
/// <param name="endpoints">Made on first use.</param>
/// <param name="sageMaker">Looks endpoints up; made on first use.</param>
/// <param name="replays">Opens <c>run:</c> specs, which need no model; <c>null</c> refuses them.</param>
public sealed class AwsModelProvider(
    IReadOnlyCollection<string>? allowed,
    Lazy<AmazonBedrockRuntimeClient> bedrock,
    Lazy<AmazonSageMakerRuntimeClient> endpoints,
    Lazy<AmazonSageMakerClient> sageMaker,
    IModelProvider? replays = null) : IModelProvider
{
    private readonly ConcurrentDictionary<ModelSpec, IChatClient> _clients = new();

    /// <summary>Settings of a client whose patient retries are somebody else's: one quick second attempt, which also corrects a wrong clock.</summary>
    public static TConfig OneRetry<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.MaxErrorRetry = 1;
        return config;
    }

    public ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken) => Check(settings, settings.Model, cancellationToken);

    public IChatClient Open(ModelSettings settings) => settings.Model.Scheme == "run" && replays is not null
        ? replays.Open(settings)
        : _clients.GetOrAdd(settings.Model, Create);

    private ValueTask<string?> Check(ModelSettings settings, ModelSpec spec, CancellationToken cancellationToken) => spec.Scheme switch
    {
        "run" when replays is not null => replays.CheckAsync(settings, cancellationToken),
        "bedrock" or "sagemaker" when allowed is not null && !allowed.Contains(spec.ToString()) => ValueTask.FromResult<string?>(
            $"\"{spec}\" is not among the models this stack may call ({(allowed.Count == 0 ? "none" : string.Join(", ", allowed))}); add it to \"models\" in cdk.json and deploy"),
        "bedrock" => ValueTask.FromResult(RetiredModels.Problem(spec.Target)),
        "sagemaker" => new ValueTask<string?>(CheckEndpointAsync(spec.Target.Split('/')[0], cancellationToken)),
        _ => ValueTask.FromResult<string?>($"\"{spec}\" cannot be called from AWS; use bedrock:<model id>, sagemaker:<endpoint> or run:<run id>/a|b"),
    };

    private IChatClient Create(ModelSpec spec) => (spec.Scheme, spec.Target.Split('/')) switch
    {
        ("bedrock", _) => new BedrockChatClient(bedrock, spec.Target),
        ("sagemaker", [var endpoint]) => new SageMakerChatClient(endpoints, endpoint),
        ("sagemaker", [var endpoint, var component]) => new SageMakerChatClient(endpoints, endpoint, component),
        _ => throw PipelineException.BadInput($"\"{spec}\" cannot be called from AWS."),
    };

    private async Task<string?> CheckEndpointAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var endpoint = await sageMaker.Value.DescribeEndpointAsync(new DescribeEndpointRequest(name), cancellationToken);
            return endpoint.EndpointStatus switch
            {
                // An update or its rollback leaves the old variant in service.
                EndpointStatus.InService or EndpointStatus.Updating or EndpointStatus.SystemUpdating or EndpointStatus.RollingBack => null,
                EndpointStatus.Creating => $"endpoint \"{name}\" is being created; wait for it: aws sagemaker wait endpoint-in-service --endpoint-name {name}",
                _ => $"endpoint \"{name}\" is {endpoint.EndpointStatus}{(endpoint.FailureReason is { Length: > 0 } reason ? $" ({reason})" : "")}; deploy it again",
            };
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is "ValidationException" or "ResourceNotFound")
        {
            return $"there is no endpoint \"{name}\" in this region ({exception.Message}); list those there are: aws sagemaker list-endpoints";
        }
        catch (AmazonServiceException exception) when ((int)exception.StatusCode == 403)
        {
            return $"endpoint \"{name}\" cannot be looked up ({exception.Message}); allow sagemaker:DescribeEndpoint on it";
        }
        catch (AmazonClientException exception)
        {
            return $"endpoint \"{name}\" cannot be looked up: {exception.Message}";
        }
    }
}
