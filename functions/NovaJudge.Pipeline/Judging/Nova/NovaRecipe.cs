using System.Globalization;
using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Judging.Nova;

/// <summary>
/// The recipe that tells the container what to do. It is written as text: the container accepts these keys only, and half of
/// the values must not be changed.
/// </summary>
public static partial class NovaRecipe
{
    /// <summary>The recipe's file, alone in the channel <c>recipe</c>.</summary>
    public const string FileName = "recipe.yaml";

    /// <summary>Where the container finds it: the hyperparameter <c>sagemaker_recipe_local_path</c>.</summary>
    public const string LocalPath = $"/opt/ml/input/data/recipe/{FileName}";

    /// <summary>The recipe of a judge; <paramref name="runName"/> is the first folder of its output, by default the judge's own.</summary>
    /// <exception cref="ArgumentException">The run name would not survive as YAML and as a folder.</exception>
    public static string Render(NovaJudgeModel judge, string? runName = null)
    {
        var name = runName ?? judge.RunName;
        if (!SafeName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" cannot be a recipe's run name: it begins with a letter and goes on with letters, digits and '-', 63 at most.");
        }

        var maxNewTokens = judge.MaxNewTokens is { } tokens ? $"  max_new_tokens: {tokens.ToString(CultureInfo.InvariantCulture)}\n" : "";
        return $"""
            run:
              name: {name}
              model_type: {judge.ModelType}
              model_name_or_path: {judge.BaseModel}
              replicas: 1
              data_s3_path: ""
            evaluation:
              task: {judge.Task}
              strategy: judge
              metric: all
            inference:

            """.ReplaceLineEndings("\n")
            + maxNewTokens
            + "  top_k: 50\n  top_p: 1.0\n  temperature: 0\n  top_logprobs: 0\n";
    }

    /// <summary>The hyperparameters of the training job. Their values go out as they are, without the quotes that other jobs need.</summary>
    public static IReadOnlyDictionary<string, string> HyperParameters(NovaJudgeModel judge) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["base_model"] = judge.BaseModel,
        ["model_type"] = judge.ModelType,
        ["sagemaker_recipe_local_path"] = LocalPath,
    };

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,62}\z")]
    private static partial Regex SafeName();
}
