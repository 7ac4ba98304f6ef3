using NovaJudge.Pipeline.Judging.Nova;

namespace NovaJudge.Pipeline.Tests.Judging.Nova;

public class NovaRecipeTests
{
    [Fact]
    public void The_judges_recipe_is_the_published_one()
    {
        NovaRecipe.Render(NovaJudgeCatalog.Judges["nova"]).ShouldBe(
            """
            run:
              name: nova-micro-llm-judge-eval-job
              model_type: amazon.nova-micro-v1:0:128k
              model_name_or_path: nova-micro/prod
              replicas: 1
              data_s3_path: ""
            evaluation:
              task: llm_judge
              strategy: judge
              metric: all
            inference:
              top_k: 50
              top_p: 1.0
              temperature: 0
              top_logprobs: 0

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_rubric_judges_recipe_is_the_published_one()
    {
        NovaRecipe.Render(NovaJudgeCatalog.Judges["nova-rubric"], "my-run-1").ShouldBe(
            """
            run:
              name: my-run-1
              model_type: amazon.nova-2-lite-v1:0:256k
              model_name_or_path: nova-lite-2/prod
              replicas: 1
              data_s3_path: ""
            evaluation:
              task: rubric_llm_judge
              strategy: judge
              metric: all
            inference:
              max_new_tokens: 32768
              top_k: 50
              top_p: 1.0
              temperature: 0
              top_logprobs: 0

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a: b")]
    [InlineData("a\nb")]
    [InlineData("../a")]
    public void A_run_name_that_YAML_or_a_folder_would_bend_is_refused(string name)
    {
        Should.Throw<ArgumentException>(() => NovaRecipe.Render(NovaJudgeCatalog.Judges["nova"], name));
    }

    [Fact]
    public void The_hyperparameters_say_where_the_recipe_lies()
    {
        NovaRecipe.HyperParameters(NovaJudgeCatalog.Judges["nova"]).ShouldBe(new Dictionary<string, string>
        {
            ["base_model"] = "nova-micro/prod",
            ["model_type"] = "amazon.nova-micro-v1:0:128k",
            ["sagemaker_recipe_local_path"] = "/opt/ml/input/data/recipe/recipe.yaml",
        });
    }
}
