using Amazon.Runtime;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.SageMaker;

/// <summary>The Nova judge, or another container that leaves an archive of the same layout, as SageMaker training jobs.</summary>
public sealed class SageMakerJudgeJobs(Lazy<AmazonSageMakerClient> client, SageMakerJudgeSettings settings) : IJudgeJobs
{
    /// <summary>Room for the model's files, the data and the output.</summary>
    private const int VolumeSizeInGB = 30;

    public ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken)
    {
        _ = JudgeContainer.Find(judge, settings, out var problem);
        return ValueTask.FromResult(problem ?? (settings.RoleArn is null ? "no role for the judge's container is configured; set NOVA_JUDGE_ROLE_ARN" : null));
    }

    public JudgeInstance? InstanceOf(JudgeSettings judge) =>
        JudgeContainer.Find(judge, settings, out _) is { } container ? new JudgeInstance(container.InstanceType, settings.Region) : null;

    public async Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken)
    {
        try
        {
            var job = await client.Value.DescribeTrainingJobAsync(new DescribeTrainingJobRequest(jobName), cancellationToken);
            return new JudgeJob(jobName, State(job), job.FailureReason, job.BillableTimeInSeconds, job.AlgorithmSpecification?.TrainingImage)
            {
                InstanceType = job.ResourceConfig?.InstanceType,
                Region = settings.Region,
            };
        }
        catch (AmazonServiceException exception) when (IsMissing(exception))
        {
            return null;
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw Failure($"Judge job {jobName} cannot be looked up", exception);
        }
    }

    public async Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken)
    {
        var container = JudgeContainer.Find(request.Judge, settings, out var problem) ?? throw PipelineException.BadInput($"Judge {request.Judge.Kind}: {problem}");
        try
        {
            await client.Value.CreateTrainingJobAsync(Describe(request, container), cancellationToken);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is "ResourceInUse")
        {
            // Ours, from an attempt whose answer was lost, unless it cannot be found.
            if (await FindAsync(request.JobName, cancellationToken) is null)
            {
                throw Failure($"Judge job {request.JobName} cannot be started: its name is taken", exception);
            }
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is "ResourceLimitExceeded" || exception.ErrorCode?.Contains("Capacity", StringComparison.Ordinal) == true)
        {
            throw new PipelineException(ErrorNames.JudgeCapacity,
                $"Judge job {request.JobName} gets no instance now: {exception.Message} Ask Service Quotas for \"{container.InstanceType} for training job usage\" if this lasts.",
                exception);
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw Failure($"Judge job {request.JobName} cannot be started", exception);
        }
    }

    public async Task StopAsync(string jobName, CancellationToken cancellationToken)
    {
        try
        {
            await client.Value.StopTrainingJobAsync(new StopTrainingJobRequest(jobName), cancellationToken);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is "ResourceNotFound" or "ValidationException")
        {
            // It has ended, is ending or never was; anything else is a failure.
            if (await FindAsync(jobName, cancellationToken) is { State: JudgeJobState.InProgress })
            {
                throw Failure($"Judge job {jobName} cannot be stopped", exception);
            }
        }
        catch (Exception exception) when (OutsideFailure.Is(exception, cancellationToken))
        {
            throw Failure($"Judge job {jobName} cannot be stopped", exception);
        }
    }

    private CreateTrainingJobRequest Describe(JudgeJobRequest request, JudgeContainer container)
    {
        var keys = new RunKeys(request.RunId);
        return new CreateTrainingJobRequest
        {
            TrainingJobName = request.JobName,
            AlgorithmSpecification = new AlgorithmSpecification(container.Image, "File"),
            RoleArn = settings.RoleArn ?? throw new PipelineException(ErrorNames.JudgeFailed, "No role for the judge's container is configured; set NOVA_JUDGE_ROLE_ARN."),
            OutputDataConfig = new OutputDataConfig(Uri(keys.JudgeOutputPrefix).TrimEnd('/'), settings.KmsKeyArn),
            ResourceConfig = new ResourceConfig(container.InstanceType, 1, VolumeSizeInGB),
            StoppingCondition = new StoppingCondition(request.Judge.MaxRuntimeMinutes * 60),
            HyperParameters = container.Model is null ? null : NovaRecipe.HyperParameters(container.Model),
            InputDataConfig = container.Model is null
                ? [Input("train", keys.JudgeInputPrefix)]
                : [Input("train", keys.JudgeInputPrefix), Input("recipe", keys.JudgeRecipePrefix)],
            Tags = [new Tag("nova:run", request.RunId.Value), new Tag("nova:execution", TagValue(request.ExecutionId))],
            ProfilerConfig = new ProfilerConfig(DisableProfiler: true),
            RemoteDebugConfig = new RemoteDebugConfig(EnableRemoteDebug: false),
        };
    }

    private Channel Input(string name, string prefix) =>
        new(name, new DataSource(new S3DataSource("S3Prefix", Uri(prefix), "FullyReplicated")), "File");

    // Names of executions may hold more than tags may.
    private static string TagValue(string text) => string.Concat(text.Take(256)
        .Select(letter => char.IsLetter(letter) || char.IsNumber(letter) || char.IsSeparator(letter) || "_.:/=+-@".Contains(letter) ? letter : '-'));

    private string Uri(string prefix) => $"s3://{settings.Bucket}/{prefix}";

    private static JudgeJobState State(DescribeTrainingJobResponse job) => (job.TrainingJobStatus, job.SecondaryStatus) switch
    {
        (TrainingJobStatus.Completed, _) => JudgeJobState.Completed,
        (TrainingJobStatus.Failed, _) => JudgeJobState.Failed,
        (TrainingJobStatus.Stopped, SecondaryStatus.MaxRuntimeExceeded or SecondaryStatus.MaxWaitTimeExceeded) => JudgeJobState.TimedOut,
        (TrainingJobStatus.Stopped or TrainingJobStatus.Deleting, _) => JudgeJobState.Stopped,
        (TrainingJobStatus.Stopping, _) => JudgeJobState.Stopping,
        _ => JudgeJobState.InProgress,
    };

    private static bool IsMissing(AmazonServiceException exception) =>
        exception.ErrorCode is "ResourceNotFound"
        || (exception.ErrorCode is "ValidationException" && exception.Message.Contains("not found", StringComparison.OrdinalIgnoreCase));

    // Access and bad values stay wrong; whatever else there is may pass.
    private PipelineException Failure(string what, Exception exception) => exception is AmazonServiceException { StatusCode: var status } refused
        && (int)status is >= 400 and < 500 && refused is not ServiceException { Retryable: not null } && !refused.ErrorCode.Contains("Throttl", StringComparison.Ordinal)
        ? new PipelineException(ErrorNames.JudgeFailed, $"{what}: {refused.ErrorCode}: {refused.Message} {Advice(refused)}".TrimEnd(), exception)
        : exception is AmazonClientException
        ? new PipelineException(ErrorNames.JudgeFailed, $"{what}: {exception.Message}", exception)
        : new PipelineException(ErrorNames.JudgeCapacity, $"{what} for now: {exception.Message}", exception);

    private string Advice(AmazonServiceException exception) => exception.ErrorCode is "AccessDeniedException"
        ? $"The function's role needs sagemaker:CreateTrainingJob, DescribeTrainingJob, StopTrainingJob and AddTags on training-job/nova-*, and iam:PassRole on {settings.RoleArn}."
        : "";
}
