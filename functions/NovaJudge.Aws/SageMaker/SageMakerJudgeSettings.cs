namespace NovaJudge.Aws.SageMaker;

/// <summary>Where the judge's jobs run and what they may touch.</summary>
public sealed record SageMakerJudgeSettings
{
    public required string Region { get; init; }

    /// <summary>The bucket that the run lies in.</summary>
    public required string Bucket { get; init; }

    /// <summary>The role that the judge's container works with.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The key that the judge's output is encrypted with; absent means the bucket's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Instance types that jobs may run on, the preferred one first; <c>null</c> where the caller's own rights decide.</summary>
    public IReadOnlyList<string>? AllowedInstanceTypes { get; init; }

    /// <summary>Images of judges beside those of the catalogue, by kind. They get the pairs and no recipe, and leave an archive of the same layout.</summary>
    public IReadOnlyDictionary<string, string>? OtherJudges { get; init; }
}
