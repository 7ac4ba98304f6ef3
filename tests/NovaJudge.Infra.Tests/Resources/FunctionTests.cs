using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using NovaJudge.Infra.Steps;
using NovaJudge.Infra.Synthesis;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Tests.Resources;

[Collection(SynthesisGroup.Name)]
public sealed class FunctionTests(Synthesized stacks)
{
    private readonly IReadOnlyList<(string LogicalId, JsonObject Properties)> _functions = stacks.Pipeline.Resources("AWS::Lambda::Function");

    [Fact]
    public void There_is_one_function_for_each_step_and_none_besides()
    {
        _functions.Select(function => (string?)function.Properties["Handler"]).ShouldBe(StepNames.All, ignoreOrder: true);
        stacks.Pipeline.Json["Resources"]!.AsObject().ShouldAllBe(resource => !((string)resource.Value!["Type"]!).StartsWith("Custom::") && (string?)resource.Value!["Type"] != "AWS::CloudFormation::CustomResource");
    }

    [Fact]
    public void A_function_is_the_one_executable_on_the_bare_runtime_traced_and_logged()
    {
        foreach (var (_, function) in _functions)
        {
            var step = (string)function["Handler"]!;
            ((string?)function["FunctionName"]).ShouldBe($"nova-judge-{step}");
            ((string?)function["Runtime"]).ShouldBe("provided.al2023", step);
            ((string?)function["Architectures"]![0]).ShouldBe("x86_64", step);
            ((string?)function["TracingConfig"]!["Mode"]).ShouldBe("Active", step);
            ((string?)function["LoggingConfig"]!["LogFormat"]).ShouldBe("JSON", step);
            ((string)function["LoggingConfig"]!["LogGroup"]!).ShouldStartWith($"{{Steps{step}Logs", Case.Sensitive, step);
        }
    }

    [Fact]
    public void The_processor_is_the_deployments_choice()
    {
        stacks.Other.Resources("AWS::Lambda::Function").ShouldAllBe(function => (string?)function.Properties["Architectures"]![0] == "arm64");
    }

    [Fact]
    public void Every_function_is_given_all_the_variables_and_no_others()
    {
        foreach (var (id, function) in _functions)
        {
            function["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key).ShouldBe(FunctionEnvironment.All, ignoreOrder: true, id);
        }
    }

    [Fact]
    public void What_a_deployment_lists_reaches_the_functions()
    {
        var variables = stacks.Other.Resources("AWS::Lambda::Function")[0].Properties["Environment"]!["Variables"]!;

        Texts(variables[FunctionEnvironment.AllowedModels]).ShouldBe(["bedrock:amazon.nova-lite-v1:0", "bedrock:eu.amazon.nova-pro-v1:0", "sagemaker:MyEndpoint", "sagemaker:shared/small"]);
        Texts(variables[FunctionEnvironment.AllowedInstanceTypes]).ShouldBe(["ml.g5.12xlarge", "ml.p5.48xlarge"]);
        Texts(variables[FunctionEnvironment.AllowedBuckets]).ShouldBe([(string)variables[FunctionEnvironment.Bucket]!, "our-datasets"]);
        ((string?)JsonNode.Parse((string)variables[FunctionEnvironment.Defaults]!)!["modelA"]!["model"]).ShouldBe("bedrock:amazon.nova-lite-v1:0");
        ((string?)variables[FunctionEnvironment.StateMachineArn]).ShouldBe("arn:aws:states:us-east-1:123456789012:stateMachine:other");
        ((string)variables[FunctionEnvironment.JudgeRoleArn]!).ShouldStartWith("{JudgeRole");
        ((string)variables[FunctionEnvironment.KmsKeyArn]!).ShouldStartWith("{StoreKey");
        ((string)variables[FunctionEnvironment.TopicArn]!).ShouldStartWith("{NotificationsTopic");
    }

    [Fact]
    public void The_environment_fits_into_4_KB_at_the_limit_of_what_a_deployment_may_list()
    {
        var variables = _functions[0].Properties["Environment"]!["Variables"]!.AsObject();
        var settings = new[] { FunctionEnvironment.AllowedModels, FunctionEnvironment.Defaults, FunctionEnvironment.AllowedBuckets };

        var rest = variables.Where(variable => !settings.Contains(variable.Key)).Sum(variable => Encoding.UTF8.GetByteCount(variable.Key + (string)variable.Value!));

        (rest + settings.Sum(name => name.Length) + FunctionEnvironment.LongestSettings + 256).ShouldBeLessThan(4096);
    }

    [Fact]
    public void A_function_that_nobody_waits_for_reports_its_failures_to_the_queue()
    {
        var reporting = _functions.Where(function => function.Properties["DeadLetterConfig"] is not null).Select(function => (string?)function.Properties["Handler"]);

        reporting.ShouldBe([StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.CleanUpRun], ignoreOrder: true);
    }

    [Fact]
    public void The_sweeper_ends_before_it_starts_again()
    {
        var sweeper = _functions.Single(function => (string?)function.Properties["Handler"] == StepNames.SweepJudges).Properties;

        ((string?)stacks.Pipeline.Resource("AWS::Scheduler::Schedule")["ScheduleExpression"]).ShouldBe("rate(5 minutes)");
        ((int)sweeper["Timeout"]!).ShouldBeLessThan(300);
    }

    [Fact]
    public void A_template_without_the_published_functions_refuses_its_deployment()
    {
        JsonNode? Rule(bool published)
        {
            var stack = new Stack(Synthesizer.CreateApp(outputFolder: null), "Guarded");
            DeploymentGuard.Add(stack, FunctionsAsset.ForApproval with { MayBeDeployed = published });
            return JsonSerializer.SerializeToNode(Template.FromStack(stack).ToJSON())!["Rules"]?["FunctionsArePublished"];
        }

        Rule(published: true).ShouldBeNull();
        var assertion = Rule(published: false)!["Assertions"]![0]!;

        assertion["Assert"]!["Fn::Equals"]!.AsArray().Select(side => (string?)side).ShouldBeUnique();
        ((string)assertion["AssertDescription"]!).ShouldContain("./nova publish");
    }

    [Theory]
    [InlineData("x86_64", 0x3E, true)]
    [InlineData("arm64", 0xB7, true)]
    [InlineData("arm64", 0x3E, false)]
    [InlineData("x86_64", 0xB7, false)]
    public void Functions_that_were_published_for_another_processor_are_not_deployed(string architecture, byte machine, bool fits)
    {
        var executable = Path.GetTempFileName();
        byte[] header = [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[14], machine, 0];
        try
        {
            File.WriteAllBytes(executable, header);
            FunctionsAsset.IsFor(architecture, executable).ShouldBe(fits);

            File.WriteAllBytes(executable, header[..10]);
            FunctionsAsset.IsFor(architecture, executable).ShouldBeFalse();
        }
        finally
        {
            File.Delete(executable);
        }
    }

    private static string[] Texts(JsonNode? node) => JsonSerializer.Deserialize<string[]>((string)node!)!;
}
