namespace NovaJudge.Aws.SageMaker;

public sealed record DescribeTrainingJobRequest(string TrainingJobName);

public sealed record DescribeTrainingJobResponse
{
    public string? TrainingJobName { get; init; }

    public string? TrainingJobArn { get; init; }

    /// <summary>One of <see cref="SageMaker.TrainingJobStatus"/>.</summary>
    public string? TrainingJobStatus { get; init; }

    /// <summary>Finer than the status; new values appear now and then.</summary>
    public string? SecondaryStatus { get; init; }

    /// <summary>Why it failed; at most 1,024 characters.</summary>
    public string? FailureReason { get; init; }

    public AlgorithmSpecification? AlgorithmSpecification { get; init; }

    public ResourceConfig? ResourceConfig { get; init; }

    public ModelArtifacts? ModelArtifacts { get; init; }

    public int? BillableTimeInSeconds { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? TrainingStartTime { get; init; }

    public DateTimeOffset? TrainingEndTime { get; init; }

    public DateTimeOffset? LastModifiedTime { get; init; }
}

public sealed record ModelArtifacts(string? S3ModelArtifacts);

/// <summary>The life of a training job.</summary>
public static class TrainingJobStatus
{
    public const string InProgress = "InProgress";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
    public const string Stopping = "Stopping";

    /// <summary>Also the end of a job that reached its longest run time: <see cref="SecondaryStatus.MaxRuntimeExceeded"/> tells.</summary>
    public const string Stopped = "Stopped";

    public const string Deleting = "Deleting";
}

/// <summary>The secondary statuses that matter here.</summary>
public static class SecondaryStatus
{
    public const string MaxRuntimeExceeded = "MaxRuntimeExceeded";
    public const string MaxWaitTimeExceeded = "MaxWaitTimeExceeded";
}
