namespace NovaJudge.Pipeline.Judging.Nova;

/// <summary>One of the judges that the Nova evaluation container offers.</summary>
public sealed record NovaJudgeModel
{
    /// <summary>The kind as requests name it.</summary>
    public required string Kind { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>The recipe's <c>run.name</c> where no other is wanted: the first folder of the output.</summary>
    public required string RunName { get; init; }

    /// <summary>The recipe's <c>run.model_type</c>, and a hyperparameter of the job.</summary>
    public required string ModelType { get; init; }

    /// <summary>The recipe's <c>run.model_name_or_path</c>, and the hyperparameter <c>base_model</c>.</summary>
    public required string BaseModel { get; init; }

    /// <summary>The recipe's <c>evaluation.task</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The recipe's <c>inference.max_new_tokens</c>; absent where the container refuses it.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>SageMaker instance types that run it; the first is the cheapest and the default.</summary>
    public required IReadOnlyList<string> InstanceTypes { get; init; }

    /// <summary>Longest row, in tokens, with everything that the container puts around it.</summary>
    public required int ContextTokens { get; init; }
}
