namespace NovaJudge.Aws.SageMaker;

/// <summary>What a judge runs on in one region, and which model its container loads.</summary>
public sealed record NovaJudgeContainer
{
    /// <summary>The container's image.</summary>
    public required string Image { get; init; }

    public required string InstanceType { get; init; }

    /// <summary>The hyperparameter <c>model_type</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>The hyperparameter <c>base_model</c>.</summary>
    public required string BaseModel { get; init; }
}

/// <summary>Looks up the container of a judge in a region; the problem says why there is none, and what to do.</summary>
public delegate NovaJudgeContainer? FindNovaJudgeContainer(Pipeline.Runs.JudgeSettings judge, string region, out string? problem);
