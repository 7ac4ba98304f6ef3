using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Tests.SageMaker;

public sealed class SageMakerJudgeJobsTests
{
    private static readonly JudgeSettings Nova = new() { Kind = "nova", MaxRuntimeMinutes = 120, Concurrency = 1 };
    private static readonly JudgeJobRequest Request = new("nova-squad-1-1", RunId.Parse("squad-1"), Nova, "arn:aws:states:eu-west-1:111122223333:execution:Judge:squad-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_started_exactly_as_the_nova_sdk_starts_one()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", LoopbackServer.Reply(200, """{"TrainingJobArn":"arn"}"""));

        await Jobs(aws).StartAsync(Request, Token);

        // What the SageMaker Python SDK sends for a Nova recipe, with our names, tags and key.
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.Header("X-Amz-Target").ShouldBe("SageMaker.CreateTrainingJob");
        JsonElement.DeepEquals(JsonElement.Parse(Encoding.UTF8.GetString(call.Body)), JsonElement.Parse("""
            {
              "TrainingJobName": "nova-squad-1-1",
              "AlgorithmSpecification": {
                "TrainingInputMode": "File",
                "TrainingImage": "708977205387.dkr.ecr.us-east-1.amazonaws.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest" },
              "RoleArn": "arn:aws:iam::111122223333:role/Judge",
              "OutputDataConfig": { "S3OutputPath": "s3://bucket/runs/squad-1/judge/output", "KmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/k" },
              "ResourceConfig": { "VolumeSizeInGB": 30, "InstanceCount": 1, "InstanceType": "ml.g5.12xlarge" },
              "StoppingCondition": { "MaxRuntimeInSeconds": 7200 },
              "HyperParameters": {
                "model_type": "amazon.nova-micro-v1:0:128k",
                "base_model": "nova-micro/prod",
                "sagemaker_recipe_local_path": "/opt/ml/input/data/recipe/recipe.yaml" },
              "InputDataConfig": [
                { "ChannelName": "train", "InputMode": "File",
                  "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://bucket/runs/squad-1/judge/input/", "S3DataDistributionType": "FullyReplicated" } } },
                { "ChannelName": "recipe", "InputMode": "File",
                  "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://bucket/runs/squad-1/judge/recipe/", "S3DataDistributionType": "FullyReplicated" } } } ],
              "Tags": [
                { "Key": "nova:run", "Value": "squad-1" },
                { "Key": "nova:execution", "Value": "arn:aws:states:eu-west-1:111122223333:execution:Judge:squad-1" } ],
              "ProfilerConfig": { "DisableProfiler": true },
              "RemoteDebugConfig": { "EnableRemoteDebug": false }
            }
            """)).ShouldBeTrue(Encoding.UTF8.GetString(call.Body));
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_was_started_by_a_lost_attempt_is_left_as_it_is()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            Error("ResourceInUse", "Training job names must be unique"), Job("InProgress", "Starting"));

        await Jobs(aws).StartAsync(Request, Token);

        aws.Server.Calls.Select(call => call.Header("X-Amz-Target")).ShouldBe(["SageMaker.CreateTrainingJob", "SageMaker.DescribeTrainingJob"]);
    }

    [Theory]
    [InlineData("ResourceLimitExceeded", "The account-level service limit 'ml.g5.12xlarge for training job usage' is 0 Instances.", ErrorNames.JudgeCapacity)]
    [InlineData("CapacityError", "Unable to provision requested ML compute capacity.", ErrorNames.JudgeCapacity)]
    [InlineData("ThrottlingException", "Rate exceeded", ErrorNames.JudgeCapacity)]
    [InlineData("ValidationException", "1 validation error detected", ErrorNames.JudgeFailed)]
    [InlineData("AccessDeniedException", "not authorized to perform: iam:PassRole", ErrorNames.JudgeFailed)]
    public async Task A_refusal_has_a_stable_name(string code, string message, string expected)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Error(code, message));

        var exception = await Should.ThrowAsync<PipelineException>(() => Jobs(aws).StartAsync(Request, Token));

        exception.ErrorName.ShouldBe(expected);
        exception.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_missing_permission_says_which_ones_are_needed()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Error("AccessDeniedException", "no"));

        var exception = await Should.ThrowAsync<PipelineException>(() => Jobs(aws).StartAsync(Request, Token));

        exception.Message.ShouldContain("iam:PassRole on arn:aws:iam::111122223333:role/Judge");
    }

    [Theory]
    [InlineData("InProgress", "Training", JudgeJobState.InProgress)]
    [InlineData("InProgress", "ANewStatusNobodyKnows", JudgeJobState.InProgress)]
    [InlineData("Stopping", "Stopping", JudgeJobState.Stopping)]
    [InlineData("Stopping", "MaxRuntimeExceeded", JudgeJobState.Stopping)]
    [InlineData("Completed", "Completed", JudgeJobState.Completed)]
    [InlineData("Failed", "Failed", JudgeJobState.Failed)]
    [InlineData("Stopped", "Stopped", JudgeJobState.Stopped)]
    [InlineData("Stopped", "MaxRuntimeExceeded", JudgeJobState.TimedOut)]
    [InlineData("Deleting", "Stopped", JudgeJobState.Stopped)]
    public async Task The_status_of_a_job_is_understood(string status, string secondary, JudgeJobState expected)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Job(status, secondary));

        var job = await Jobs(aws).FindAsync("nova-squad-1-1", Token);

        job.ShouldBe(new JudgeJob("nova-squad-1-1", expected, "why", 930, "repo:tag") { InstanceType = "ml.g5.12xlarge", Region = "us-east-1" });
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_not_found()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Error("ValidationException", "Requested resource not found."));

        var job = await Jobs(aws).FindAsync("nova-squad-1-9", Token);

        job.ShouldBeNull();
    }

    [Fact]
    public async Task Another_validation_error_is_not_taken_for_a_missing_job()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Error("ValidationException", "1 validation error detected: Value '' at 'trainingJobName'"));

        var exception = await Should.ThrowAsync<PipelineException>(() => Jobs(aws).FindAsync("", Token));

        exception.ErrorName.ShouldBe(ErrorNames.JudgeFailed);
    }

    [Fact]
    public async Task A_job_is_stopped()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", LoopbackServer.Reply(200, ""));

        await Jobs(aws).StopAsync("nova-squad-1-1", Token);

        aws.Server.Calls.ShouldHaveSingleItem().Header("X-Amz-Target").ShouldBe("SageMaker.StopTrainingJob");
    }

    [Fact]
    public async Task Stopping_a_job_that_has_ended_is_no_error()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            Error("ValidationException", "The request was rejected because the training job is in status Completed."), Job("Completed", "Completed"));

        await Jobs(aws).StopAsync("nova-squad-1-1", Token);

        aws.Server.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_a_job_that_was_deleted_is_no_error()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            Error("ResourceNotFound", "gone"), Error("ValidationException", "Requested resource not found."));

        await Jobs(aws).StopAsync("nova-squad-1-1", Token);

        aws.Server.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_goes_on_although_it_should_stop_is_an_error()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Error("ValidationException", "no"), Job("InProgress", "Training"));

        var exception = await Should.ThrowAsync<PipelineException>(() => Jobs(aws).StopAsync("nova-squad-1-1", Token));

        exception.ErrorName.ShouldBe(ErrorNames.JudgeFailed);
    }

    [Fact]
    public async Task What_the_catalogue_refuses_is_refused_before_anything_is_spent()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker");

        var known = await Jobs(aws).CheckAsync(Nova, Token);
        var unknown = await Jobs(aws).CheckAsync(Nova with { Kind = "embedded:token-f1" }, Token);
        var elsewhere = await Jobs(aws, Settings with { Region = "eu-west-1" }).CheckAsync(Nova, Token);
        var roleless = await Jobs(aws, Settings with { RoleArn = null }).CheckAsync(Nova, Token);

        known.ShouldBeNull();
        unknown.ShouldNotBeNull().ShouldContain("known are nova and nova-rubric");
        elsewhere.ShouldNotBeNull().ShouldContain("no image of the Nova evaluation container for eu-west-1");
        roleless.ShouldNotBeNull().ShouldContain("NOVA_JUDGE_ROLE_ARN");
        aws.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instance_type_that_the_stack_does_not_allow_is_refused_with_those_it_does()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker");

        var problem = await Jobs(aws, Settings with { AllowedInstanceTypes = ["ml.g5.24xlarge"] }).CheckAsync(Nova with { InstanceType = "ml.g5.12xlarge" }, Token);

        problem.ShouldNotBeNull().ShouldContain("ml.g5.24xlarge");
        problem.ShouldContain("cdk.json");
    }

    [Fact]
    public async Task Without_a_wish_a_judge_runs_on_the_cheapest_instance_that_the_stack_allows()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", LoopbackServer.Reply(200, "{}"));

        await Jobs(aws, Settings with { AllowedInstanceTypes = ["ml.p5.48xlarge", "ml.g5.24xlarge"] }).StartAsync(Request, Token);

        Body(aws).GetProperty("ResourceConfig").GetProperty("InstanceType").GetString().ShouldBe("ml.g5.24xlarge");
    }

    [Fact]
    public async Task Another_judge_gets_the_pairs_and_no_recipe()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", LoopbackServer.Reply(200, "{}"));
        var settings = Settings with { OtherJudges = new Dictionary<string, string> { ["embedded:token-f1"] = "repo/token-f1" } };

        await Jobs(aws, settings).StartAsync(Request with { Judge = Nova with { Kind = "embedded:token-f1" } }, Token);

        var body = Body(aws);
        body.GetProperty("AlgorithmSpecification").GetProperty("TrainingImage").GetString().ShouldBe("repo/token-f1");
        body.GetProperty("InputDataConfig").EnumerateArray().ShouldHaveSingleItem().GetProperty("ChannelName").GetString().ShouldBe("train");
        body.TryGetProperty("HyperParameters", out _).ShouldBeFalse();
    }

    private static SageMakerJudgeSettings Settings { get; } = new()
    {
        Region = "us-east-1",
        Bucket = "bucket",
        RoleArn = "arn:aws:iam::111122223333:role/Judge",
        KmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/k",
    };

    private static SageMakerJudgeJobs Jobs(LoopbackAws aws, SageMakerJudgeSettings? settings = null) => new(new Lazy<AmazonSageMakerClient>(aws.SageMaker), settings ?? Settings);

    private static JsonElement Body(LoopbackAws aws) => JsonElement.Parse(Encoding.UTF8.GetString(aws.Server.Calls.ShouldHaveSingleItem().Body));

    private static Func<HttpContext, Task> Error(string code, string message) =>
        LoopbackServer.Reply(400, $$"""{"__type":"{{code}}","message":"{{message}}"}""");

    private static Func<HttpContext, Task> Job(string status, string secondary) => LoopbackServer.Reply(200, $$"""
        {"TrainingJobName":"nova-squad-1-1","TrainingJobArn":"arn","TrainingJobStatus":"{{status}}","SecondaryStatus":"{{secondary}}","FailureReason":"why",
         "AlgorithmSpecification":{"TrainingImage":"repo:tag","TrainingInputMode":"File"},"BillableTimeInSeconds":930,"CreationTime":1763985600.25,
         "SecondaryStatusTransitions":[{"Status":"Starting","StartTime":1763985600.25}],"ResourceConfig":{"InstanceType":"ml.g5.12xlarge"} }
        """);
}
