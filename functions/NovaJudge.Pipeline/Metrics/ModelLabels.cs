using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>How models and judges are presented to people.</summary>
public static class ModelLabels
{
    /// <summary>What stands beside the name of every embedded model.</summary>
    public const string Demo = "demo model";

    /// <summary>The name as people read it, such as "keyword-match (demo model)".</summary>
    public static string Display(ModelDescription model) => model.Label is null ? model.Name : $"{model.Name} ({model.Label})";

    public static ComparedModels Describe(EvaluationRequest request) => new(Describe(request.ModelA), Describe(request.ModelB));

    /// <summary>The judge by its kind, with what it is not.</summary>
    public static JudgeDescription Describe(JudgeSettings judge, string? jobName) => judge.Kind switch
    {
        "nova" => new JudgeDescription(judge.Kind, "Amazon Nova LLM-as-a-Judge", null, jobName),
        "nova-rubric" => new JudgeDescription(judge.Kind, "Amazon Nova rubric judge", null, jobName),
        "embedded:token-f1" => new JudgeDescription(judge.Kind, "token-F1", "scored by token-F1 against gold answers", jobName),
        _ when judge.IsModel => new JudgeDescription(judge.Kind, judge.Kind["model:".Length..], "a language model asked to judge, not Amazon Nova", jobName),
        _ => new JudgeDescription(judge.Kind, judge.Kind, null, jobName),
    };

    private static ModelDescription Describe(ModelSettings model) =>
        new(model.Name, model.Model.ToString(), model.Model.Scheme == "embedded" ? Demo : null);
}
