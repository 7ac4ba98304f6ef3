using NovaJudge.Infra.Access;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Tests.Permissions;

[Collection(SynthesisGroup.Name)]
public sealed class ServiceAccessTests(Synthesized stacks)
{
    private readonly RolePolicies _policies = new(stacks.Pipeline);
    private readonly RolePolicies _other = new(stacks.Other);

    /// <summary>Actions of other services than S3 and KMS, and the steps that need them.</summary>
    public static TheoryData<string, string[]> Callers => new()
    {
        { "sagemaker:InvokeEndpoint", [StepNames.GenerateResponses, StepNames.JudgeResponses] },
        { "bedrock:InvokeModel", [StepNames.GenerateResponses, StepNames.JudgeResponses] },
        { "sagemaker:DescribeEndpoint", [StepNames.PlanRun] },
        { "sagemaker:CreateTrainingJob", [StepNames.StartJudge] },
        { "sagemaker:AddTags", [StepNames.StartJudge] },
        { "sagemaker:DescribeTrainingJob", [StepNames.StartJudge, StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.ComputeMetrics, StepNames.CleanUpRun] },
        { "sagemaker:StopTrainingJob", [StepNames.CleanUpRun] },
        { "states:SendTaskSuccess", [StepNames.StartJudge, StepNames.CompleteJudge, StepNames.SweepJudges] },
        { "states:SendTaskFailure", [StepNames.StartJudge, StepNames.CompleteJudge, StepNames.SweepJudges] },
        { "states:SendTaskHeartbeat", [StepNames.StartJudge, StepNames.CompleteJudge, StepNames.SweepJudges] },
        { "sns:Publish", [StepNames.PublishSummary] },
        { "events:PutEvents", [StepNames.PublishSummary] },
        { "sqs:SendMessage", [StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.CleanUpRun] },
        { "iam:PassRole", [StepNames.StartJudge] },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void An_action_is_allowed_to_the_steps_that_need_it(string action, string[] steps)
    {
        StepNames.All.Where(step => _policies.OfStep(step).Any(statement => statement.Actions.Contains(action))).ShouldBe(steps, ignoreOrder: true);
    }

    [Fact]
    public void Nothing_is_allowed_that_the_table_above_does_not_name()
    {
        string[] everywhere = ["s3:", "kms:", "logs:", "xray:"];
        var known = Callers.Select(row => row.Data.Item1).ToHashSet();

        var others = StepNames.All.SelectMany(step => _policies.OfStep(step)).SelectMany(statement => statement.Actions)
            .Where(action => !known.Contains(action) && !everywhere.Any(prefix => action.StartsWith(prefix, StringComparison.Ordinal)));

        others.ShouldBeEmpty();
    }

    [Fact]
    public void A_judge_job_starts_only_on_a_listed_instance_and_under_our_key()
    {
        var start = _other.OfStep(StepNames.StartJudge).Single(statement => statement.Actions.Contains("sagemaker:CreateTrainingJob"));

        start.Resources.ShouldBe(["arn:aws:sagemaker:us-east-1:123456789012:training-job/nova-*"]);
        start.Condition!["ForAllValues:StringEquals"]!["sagemaker:InstanceTypes"]!.AsArray().Select(type => (string)type!).ShouldBe(["ml.g5.12xlarge", "ml.p5.48xlarge"]);
        ((string?)start.Condition["Null"]!["sagemaker:InstanceTypes"]).ShouldBe("false");
        ((string)start.Condition["ArnEquals"]!["sagemaker:OutputKmsKeyArn"]!).ShouldStartWith("{StoreKey");
    }

    [Fact]
    public void The_jobs_prefix_is_the_one_that_the_events_rule_listens_to()
    {
        var prefix = stacks.Pipeline.Resource("AWS::Events::Rule", "EventsJudgeEnded")["EventPattern"]!["detail"]!["TrainingJobName"]![0]!["prefix"];

        ((string?)prefix).ShouldBe(PipelineNames.JudgeJobPrefix);
    }

    [Fact]
    public void A_model_of_Bedrock_is_called_in_this_region()
    {
        _other.OfStep(StepNames.GenerateResponses).Single(statement => statement.Sid == "Invokeamazonnovalitev10")
            .Resources.ShouldBe(["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"]);
    }

    [Fact]
    public void An_inference_profile_is_called_in_this_account_and_its_model_through_nothing_but_the_profile()
    {
        const string Profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0";
        var statements = _other.OfStep(StepNames.GenerateResponses).Where(statement => statement.Sid.StartsWith("Invokeeuamazonnovapro", StringComparison.Ordinal)).ToArray();

        statements.Length.ShouldBe(2);
        statements[0].Resources.ShouldBe([Profile]);
        statements[1].Resources.ShouldBe(["arn:aws:bedrock:*::foundation-model/amazon.nova-pro-v1:0"]);
        ((string?)statements[1].Condition!["StringEquals"]!["bedrock:InferenceProfileArn"]).ShouldBe(Profile);
    }

    [Fact]
    public void An_endpoint_is_called_by_its_name_and_by_the_lower_case_name_of_its_ARN()
    {
        _other.OfStep(StepNames.GenerateResponses).Single(statement => statement.Sid == "InvokeEndpoints").Resources.ShouldBe(
        [
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/MyEndpoint",
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/myendpoint",
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared",
            "arn:aws:sagemaker:us-east-1:123456789012:inference-component/small",
        ]);
    }

    [Fact]
    public void A_listed_bucket_is_read_by_the_steps_that_open_data_sets()
    {
        var readers = StepNames.All.Where(step => _other.OfStep(step).Any(statement => statement.Allows("s3:GetObject", "arn:aws:s3:::our-datasets/qa.jsonl")));

        readers.ShouldBe([StepNames.PlanRun, StepNames.SamplePrompts]);
        _policies.All.ShouldNotContain(statement => statement.Sid == "ReadDatasets");
    }

    [Fact]
    public void The_machine_calls_exactly_the_functions_of_its_tasks()
    {
        var called = StateMachineDefinition.AllStates(stacks.Pipeline.Definition).Where(state => (string?)state.State["Type"] == "Task")
            .Select(state => (string?)state.State["Parameters"]?["FunctionName"] ?? (string)state.State["Resource"]!).ToHashSet();

        _policies.All.Single(statement => statement.Sid == "CallSteps").Resources.ShouldBe(called, ignoreOrder: true);
    }

    [Fact]
    public void The_machine_runs_and_redrives_the_children_of_every_Map()
    {
        var labels = StateMachineDefinition.AllStates(stacks.Pipeline.Definition).Where(state => (string?)state.State["Type"] == "Map").Select(state => (string)state.State["Label"]!);
        var machine = _policies.All.Where(statement => statement.Role.StartsWith("EvaluationAccess", StringComparison.Ordinal)).ToArray();

        machine.ShouldContain(statement => statement.Allows("states:StartExecution", "arn:aws:states:us-east-1:123456789012:stateMachine:nova-judge"));
        foreach (var child in labels.Select(label => $"arn:aws:states:us-east-1:123456789012:execution:nova-judge/{label}:0b1e"))
        {
            machine.ShouldContain(statement => statement.Allows("states:DescribeExecution", child));
            machine.ShouldContain(statement => statement.Allows("states:StopExecution", child));
            machine.ShouldContain(statement => statement.Allows("states:RedriveExecution", child));
        }
    }
}
