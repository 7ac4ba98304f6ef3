using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.SageMaker;

/// <summary>Settings of <see cref="AmazonSageMakerClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_SAGEMAKER</c>.</summary>
public sealed class AmazonSageMakerConfig()
    : ServiceConfig(new ServiceIdentity("SageMaker", "sagemaker", "api.sagemaker", "2017-07-24"));

/// <summary>Amazon SageMaker: training jobs and endpoints.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonSageMakerClient(AWSCredentials? credentials = null, AmazonSageMakerConfig? config = null)
    : JsonServiceClient(credentials, config ?? new AmazonSageMakerConfig(), "SageMaker", "1.1")
{
    private static readonly SageMakerJsonContext Json = SageMakerJsonContext.Default;

    /// <summary>Starts a job. There is no client token: a name that is taken comes back as <c>ResourceInUse</c>.</summary>
    public Task<CreateTrainingJobResponse> CreateTrainingJobAsync(CreateTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("CreateTrainingJob", request, Json.CreateTrainingJobRequest, Json.CreateTrainingJobResponse, cancellationToken);

    /// <summary>Reads a job. One that does not exist comes back as <c>ValidationException</c>.</summary>
    public Task<DescribeTrainingJobResponse> DescribeTrainingJobAsync(DescribeTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("DescribeTrainingJob", request, Json.DescribeTrainingJobRequest, Json.DescribeTrainingJobResponse, cancellationToken);

    /// <summary>Asks a job to end; it has 120 seconds for it.</summary>
    public Task<StopTrainingJobResponse> StopTrainingJobAsync(StopTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("StopTrainingJob", request, Json.StopTrainingJobRequest, Json.StopTrainingJobResponse, cancellationToken);

    /// <summary>One page of jobs.</summary>
    public Task<ListTrainingJobsResponse> ListTrainingJobsAsync(ListTrainingJobsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("ListTrainingJobs", request, Json.ListTrainingJobsRequest, Json.ListTrainingJobsResponse, cancellationToken);

    /// <summary>Adds tags to a resource, replacing those of the same key.</summary>
    public Task<AddTagsResponse> AddTagsAsync(AddTagsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("AddTags", request, Json.AddTagsRequest, Json.AddTagsResponse, cancellationToken);

    /// <summary>Reads an endpoint. One that does not exist comes back as <c>ValidationException</c>.</summary>
    public Task<DescribeEndpointResponse> DescribeEndpointAsync(DescribeEndpointRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("DescribeEndpoint", request, Json.DescribeEndpointRequest, Json.DescribeEndpointResponse, cancellationToken);
}
