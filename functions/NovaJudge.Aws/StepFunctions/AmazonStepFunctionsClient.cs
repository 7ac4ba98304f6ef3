using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.StepFunctions;

/// <summary>Settings of <see cref="AmazonStepFunctionsClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_SFN</c>.</summary>
public sealed class AmazonStepFunctionsConfig()
    : ServiceConfig(new ServiceIdentity("SFN", "states", "states", "2016-11-23"));

/// <summary>AWS Step Functions: answers to waiting tasks, and executions.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonStepFunctionsClient(AWSCredentials? credentials = null, AmazonStepFunctionsConfig? config = null)
    : JsonServiceClient(credentials, config ?? new AmazonStepFunctionsConfig(), "AWSStepFunctions", "1.0")
{
    private static readonly StepFunctionsJsonContext Json = StepFunctionsJsonContext.Default;

    /// <summary>Answers a task. A repeated answer comes back as <c>TaskTimedOut</c> and means that the first one arrived.</summary>
    public Task<SendTaskSuccessResponse> SendTaskSuccessAsync(SendTaskSuccessRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("SendTaskSuccess", request, Json.SendTaskSuccessRequest, Json.SendTaskSuccessResponse, cancellationToken);

    /// <summary>Fails a task.</summary>
    public Task<SendTaskFailureResponse> SendTaskFailureAsync(SendTaskFailureRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("SendTaskFailure", request, Json.SendTaskFailureRequest, Json.SendTaskFailureResponse, cancellationToken);

    /// <summary>Says that work on a task goes on.</summary>
    public Task<SendTaskHeartbeatResponse> SendTaskHeartbeatAsync(SendTaskHeartbeatRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("SendTaskHeartbeat", request, Json.SendTaskHeartbeatRequest, Json.SendTaskHeartbeatResponse, cancellationToken);

    /// <summary>Starts an execution; the same name with the same input, while it runs, is the same execution.</summary>
    public Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("StartExecution", request, Json.StartExecutionRequest, Json.StartExecutionResponse, cancellationToken);

    /// <summary>Reads an execution, a moment behind its truth.</summary>
    public Task<DescribeExecutionResponse> DescribeExecutionAsync(DescribeExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("DescribeExecution", request, Json.DescribeExecutionRequest, Json.DescribeExecutionResponse, cancellationToken);

    /// <summary>Ends an execution as <c>ABORTED</c>.</summary>
    public Task<StopExecutionResponse> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync("StopExecution", request, Json.StopExecutionRequest, Json.StopExecutionResponse, cancellationToken);
}
