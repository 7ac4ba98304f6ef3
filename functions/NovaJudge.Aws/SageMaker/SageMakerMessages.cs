using System.Text.Json.Serialization;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.SageMaker;

public sealed record StopTrainingJobRequest(string TrainingJobName);

public sealed record StopTrainingJobResponse;

public sealed record ListTrainingJobsRequest
{
    public string? NextToken { get; init; }

    /// <summary>1 to 100.</summary>
    public int? MaxResults { get; init; }

    public string? NameContains { get; init; }

    /// <summary>One of <see cref="TrainingJobStatus"/>.</summary>
    public string? StatusEquals { get; init; }

    public DateTimeOffset? CreationTimeAfter { get; init; }

    public DateTimeOffset? CreationTimeBefore { get; init; }

    /// <summary><c>Name</c>, <c>CreationTime</c> or <c>Status</c>.</summary>
    public string? SortBy { get; init; }

    /// <summary><c>Ascending</c> or <c>Descending</c>.</summary>
    public string? SortOrder { get; init; }
}

public sealed record ListTrainingJobsResponse
{
    public IReadOnlyList<TrainingJobSummary> TrainingJobSummaries { get; init; } = [];

    public string? NextToken { get; init; }
}

public sealed record TrainingJobSummary
{
    public string? TrainingJobName { get; init; }

    public string? TrainingJobArn { get; init; }

    public string? TrainingJobStatus { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? TrainingEndTime { get; init; }
}

/// <param name="ResourceArn">At most 256 characters.</param>
/// <param name="Tags">At most 50.</param>
public sealed record AddTagsRequest(string ResourceArn, IReadOnlyList<Tag> Tags);

public sealed record AddTagsResponse
{
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

public sealed record DescribeEndpointRequest(string EndpointName);

public sealed record DescribeEndpointResponse
{
    public string? EndpointName { get; init; }

    public string? EndpointArn { get; init; }

    /// <summary>One of <see cref="SageMaker.EndpointStatus"/>.</summary>
    public string? EndpointStatus { get; init; }

    public string? FailureReason { get; init; }
}

/// <summary>The life of an endpoint. It answers in all states that have <c>InService</c> behind or before them.</summary>
public static class EndpointStatus
{
    public const string OutOfService = "OutOfService";
    public const string Creating = "Creating";
    public const string Updating = "Updating";
    public const string SystemUpdating = "SystemUpdating";
    public const string RollingBack = "RollingBack";
    public const string InService = "InService";
    public const string Deleting = "Deleting";
    public const string Failed = "Failed";
    public const string UpdateRollbackFailed = "UpdateRollbackFailed";
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UnixSecondsConverter)])]
[JsonSerializable(typeof(CreateTrainingJobRequest))]
[JsonSerializable(typeof(CreateTrainingJobResponse))]
[JsonSerializable(typeof(DescribeTrainingJobRequest))]
[JsonSerializable(typeof(DescribeTrainingJobResponse))]
[JsonSerializable(typeof(StopTrainingJobRequest))]
[JsonSerializable(typeof(StopTrainingJobResponse))]
[JsonSerializable(typeof(ListTrainingJobsRequest))]
[JsonSerializable(typeof(ListTrainingJobsResponse))]
[JsonSerializable(typeof(AddTagsRequest))]
[JsonSerializable(typeof(AddTagsResponse))]
[JsonSerializable(typeof(DescribeEndpointRequest))]
[JsonSerializable(typeof(DescribeEndpointResponse))]
internal sealed partial class SageMakerJsonContext : JsonSerializerContext;
