using System.Text.Json.Nodes;

namespace NovaJudge.Infra.Tests.Resources;

[Collection(SynthesisGroup.Name)]
public sealed class QwenEndpointTests(Synthesized stacks)
{
    private readonly SynthesizedTemplate _stack = stacks.QwenEndpoint;

    private JsonNode Variant => _stack.Resource("AWS::SageMaker::EndpointConfig")["ProductionVariants"]!.AsArray().ShouldHaveSingleItem()!;

    [Fact]
    public void The_instances_go_down_to_zero()
    {
        var scaling = Variant["ManagedInstanceScaling"]!;

        ((string?)scaling["Status"]).ShouldBe("ENABLED");
        ((int?)scaling["MinInstanceCount"]).ShouldBe(0);
        ((int?)scaling["MaxInstanceCount"]).ShouldBe(1);
    }

    [Fact]
    public void The_model_is_the_components_and_not_the_variants()
    {
        Variant.AsObject().ShouldNotContainKey("ModelName");
        Variant.AsObject().ShouldNotContainKey("InitialVariantWeight");
        ((string)_stack.Resource("AWS::SageMaker::EndpointConfig")["ExecutionRoleArn"]!).ShouldStartWith("{Role");
        ((string?)_stack.Resource("AWS::SageMaker::InferenceComponent")["Specification"]!["ModelName"]).ShouldBe("{Model.ModelName}");
    }

    [Fact]
    public void The_driver_fits_the_containers_CUDA()
    {
        var image = (string)_stack.Resource("AWS::SageMaker::Model")["PrimaryContainer"]!["Image"]!;

        image.ShouldBe("763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi21.0.0-cu129");
        ((string?)Variant["InferenceAmiVersion"]).ShouldBe("al2-ami-sagemaker-inference-gpu-3-1");
    }

    [Fact]
    public void The_copies_of_the_component_go_down_to_zero()
    {
        var target = _stack.Resource("AWS::ApplicationAutoScaling::ScalableTarget");
        var component = (string)_stack.Resource("AWS::SageMaker::InferenceComponent")["InferenceComponentName"]!;

        ((int?)target["MinCapacity"]).ShouldBe(0);
        ((string?)target["ResourceId"]).ShouldBe($"inference-component/{component}");
        ((string?)target["ScalableDimension"]).ShouldBe("sagemaker:inference-component:DesiredCopyCount");
    }

    [Fact]
    public void A_call_without_capacity_wakes_the_model_up()
    {
        var alarm = _stack.Resource("AWS::CloudWatch::Alarm");
        var policy = _stack.Resource("AWS::ApplicationAutoScaling::ScalingPolicy", "WakeUp");

        ((string?)alarm["MetricName"]).ShouldBe("NoCapacityInvocationFailures");
        alarm["AlarmActions"]!.AsArray().Select(action => (string?)action).ShouldBe(["{WakeUp}"]);
        ((string?)policy["StepScalingPolicyConfiguration"]!["AdjustmentType"]).ShouldBe("ExactCapacity");
        ((int?)policy["StepScalingPolicyConfiguration"]!["StepAdjustments"]![0]!["ScalingAdjustment"]).ShouldBe(1);
    }

    [Fact]
    public void Its_model_spec_is_the_one_that_the_pipeline_lists_and_that_the_blogs_request_names()
    {
        var spec = (string)_stack.Json["Outputs"]!["ModelSpec"]!["Value"]!;
        var blog = JsonNode.Parse(File.ReadAllText(Synthesis.Repository.PathTo("events", "blog.json")))!;

        spec.ShouldBe((string)blog["modelA"]!["model"]!);
        Synthesis.CdkContext.File.GetProperty("nova:models").EnumerateArray().Select(model => model.GetString()).ShouldContain(spec);
    }
}
