namespace NovaJudge.Aws.SageMaker;

/// <summary>A training job, as far as a job that runs a ready-made container needs it.</summary>
public sealed record CreateTrainingJobRequest
{
    /// <summary>Unique in account and region; at most 63 letters, digits and inner hyphens.</summary>
    public required string TrainingJobName { get; init; }

    public required AlgorithmSpecification AlgorithmSpecification { get; init; }

    /// <summary>The role that the container works with.</summary>
    public required string RoleArn { get; init; }

    public required OutputDataConfig OutputDataConfig { get; init; }

    public required ResourceConfig ResourceConfig { get; init; }

    public required StoppingCondition StoppingCondition { get; init; }

    /// <summary>At most 100; values of at most 2,500 characters, passed on exactly as they are.</summary>
    public IReadOnlyDictionary<string, string>? HyperParameters { get; init; }

    /// <summary>1 to 20.</summary>
    public IReadOnlyList<Channel>? InputDataConfig { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    public ProfilerConfig? ProfilerConfig { get; init; }

    public RemoteDebugConfig? RemoteDebugConfig { get; init; }
}

public sealed record CreateTrainingJobResponse
{
    public string? TrainingJobArn { get; init; }
}

/// <param name="TrainingImage">The container's image.</param>
/// <param name="TrainingInputMode"><c>File</c>, <c>FastFile</c> or <c>Pipe</c>.</param>
public sealed record AlgorithmSpecification(string? TrainingImage, string TrainingInputMode);

/// <summary>One input of a job: a folder <c>/opt/ml/input/data/{ChannelName}</c> in the container.</summary>
public sealed record Channel(string ChannelName, DataSource DataSource, string? InputMode = null);

public sealed record DataSource(S3DataSource S3DataSource);

/// <param name="S3DataType"><c>S3Prefix</c>: every object whose key starts with the address.</param>
/// <param name="S3Uri"><c>s3://bucket/prefix</c></param>
/// <param name="S3DataDistributionType"><c>FullyReplicated</c> or <c>ShardedByS3Key</c>.</param>
public sealed record S3DataSource(string S3DataType, string S3Uri, string S3DataDistributionType);

/// <param name="S3OutputPath">The job writes below <c>{S3OutputPath}/{TrainingJobName}/output/</c>.</param>
/// <param name="KmsKeyId">The key its output is encrypted with.</param>
public sealed record OutputDataConfig(string S3OutputPath, string? KmsKeyId = null);

public sealed record ResourceConfig(string InstanceType, int InstanceCount, int VolumeSizeInGB);

public sealed record StoppingCondition(int MaxRuntimeInSeconds);

public sealed record ProfilerConfig(bool DisableProfiler);

public sealed record RemoteDebugConfig(bool EnableRemoteDebug);

/// <param name="Key">At most 128 letters, digits, spaces and <c>_.:/=+-@</c>.</param>
/// <param name="Value">At most 256 of the same.</param>
public sealed record Tag(string Key, string Value);
