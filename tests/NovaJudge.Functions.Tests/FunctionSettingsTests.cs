using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Functions.Tests;

public sealed class FunctionSettingsTests
{
    private const string Secret = "hunter2-hunter2-hunter2";

    [Fact]
    public void The_stack_sets_every_variable_that_the_functions_read()
    {
        var unread = StackTemplate.Functions.Select(function => function.Variables.Select(variable => variable.Key).Except(FunctionSettings.Variables).ToArray()).ToArray();
        var missing = StackTemplate.Functions.SelectMany(function => FunctionSettings.Variables.Except(function.Variables.Select(variable => variable.Key)));

        missing.ShouldBeEmpty();
        unread.Length.ShouldBe(StepNames.All.Count);

        // For those who look at a function; no step asks for it.
        unread.ShouldAllBe(names => names.All(name => name == "NOVA_STATE_MACHINE_ARN"));
    }

    [Fact]
    public void No_deployment_puts_anything_in_the_place_of_aws() =>
        StackTemplate.Functions.ShouldAllBe(function => !function.Variables.ContainsKey("NOVA_STAND_INS"));

    [Fact]
    public void Every_handler_of_the_stack_is_a_step() =>
        StackTemplate.Functions.Select(function => function.Handler).Order().ShouldBe(StepNames.All.Order());

    [Fact]
    public void What_the_stack_sets_is_read_as_it_is_meant()
    {
        var variables = StackTemplate.Functions.First().Variables;

        var settings = FunctionSettings.Read(Environment(
            ("NOVA_BUCKET", "runs"), ("AWS_REGION", "us-east-1"), ("NOVA_JUDGE_ROLE_ARN", "role"), ("NOVA_KMS_KEY_ARN", "key"), ("NOVA_TOPIC_ARN", "topic"),
            ("NOVA_ALLOWED_MODELS", variables["NOVA_ALLOWED_MODELS"]!.GetValue<string>()),
            ("NOVA_ALLOWED_BUCKETS", "[\"runs\",\"other\"]"),
            ("NOVA_ALLOWED_INSTANCE_TYPES", variables["NOVA_ALLOWED_INSTANCE_TYPES"]!.GetValue<string>()),
            ("NOVA_DEFAULTS", variables["NOVA_DEFAULTS"]!.GetValue<string>())));

        (settings.Bucket, settings.Region, settings.JudgeRoleArn, settings.KmsKeyArn, settings.TopicArn).ShouldBe(("runs", "us-east-1", "role", "key", "topic"));
        settings.AllowedModels.ShouldBe(["sagemaker:nova-judge-qwen/nova-judge-qwen-1-5b", "bedrock:global.anthropic.claude-sonnet-4-6"]);
        settings.AllowedBuckets.ShouldBe(["runs", "other"]);
        settings.AllowedInstanceTypes.ShouldBe(["ml.g5.12xlarge"]);
        settings.Defaults.JudgeKind.ShouldBe("nova");
        settings.Defaults.ModelA.ShouldBe(new ModelDefaults("sagemaker:nova-judge-qwen/nova-judge-qwen-1-5b", "Qwen2.5 1.5B", 500, 0.9));
        settings.Defaults.ModelB.ShouldBe(new ModelDefaults("bedrock:global.anthropic.claude-sonnet-4-6", "Claude Sonnet 4.6", 512));
        settings.StandIns.ShouldBeNull();
    }

    [Fact]
    public void With_a_bucket_and_a_region_alone_the_rights_of_the_caller_decide()
    {
        var settings = FunctionSettings.Read(Environment(("NOVA_BUCKET", "runs"), ("AWS_DEFAULT_REGION", "eu-west-1")));

        settings.Region.ShouldBe("eu-west-1");
        settings.AllowedModels.ShouldBeNull();
        settings.AllowedBuckets.ShouldBeNull();
        settings.AllowedInstanceTypes.ShouldBeNull();
        settings.Defaults.JudgeKind.ShouldBe("nova");
        settings.Defaults.ModelA.ShouldBeNull();
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_no_value_with_it()
    {
        var exception = Should.Throw<FunctionSettingsException>(() => FunctionSettings.Read(
            Environment(("NOVA_ALLOWED_MODELS", Secret), ("NOVA_ALLOWED_BUCKETS", $"{{\"{Secret}\":1}}"), ("NOVA_DEFAULTS", $"{{\"{Secret}\":\"{Secret}\"}}"), ("NOVA_STAND_INS", $"[\"{Secret}\"]")),
            "and this"));

        foreach (var expected in new[] { "NOVA_BUCKET", "AWS_REGION", "NOVA_ALLOWED_MODELS", "NOVA_ALLOWED_BUCKETS", "NOVA_DEFAULTS", "NOVA_STAND_INS", "and this" })
        {
            exception.Message.ShouldContain(expected);
        }

        exception.Message.Split('\n').Length.ShouldBe(7);
        exception.Message.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    public void A_list_that_is_none_is_refused(string value) =>
        Should.Throw<FunctionSettingsException>(() => FunctionSettings.Read(Environment(("NOVA_BUCKET", "b"), ("AWS_REGION", "r"), ("NOVA_ALLOWED_MODELS", value))))
            .Message.ShouldContain("a JSON array of texts is expected");

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
