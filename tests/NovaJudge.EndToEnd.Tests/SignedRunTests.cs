using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Processes;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.LocalAws;
using NovaJudge.Pipeline;
using NovaJudge.StatesLanguage;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>
/// A run as a deployment has it: models of SageMaker and Bedrock, the Nova judge as a training job, no stand-in named to the functions.
/// Only the services themselves are loopback servers, and they look at every signature.
/// </summary>
public sealed class SignedRunTests : IDisposable
{
    private const string Region = "us-east-1";
    private const string AccessKey = "ASIAEXAMPLEEXAMPLE00";
    private const string SecretKey = "fake/secret+key=for/tests";
    private const string SessionToken = "fake-session-token//with+signs==";
    private const string Image = "708977205387.dkr.ecr.us-east-1.amazonaws.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest";
    private const string ModelA = "sagemaker:qwen-endpoint";
    private const string ModelB = "bedrock:global.anthropic.claude-sonnet-4-6";

    private readonly Workspace _workspace = new();
    private readonly SignatureCheck _signatures = new(AccessKey, SecretKey, SessionToken, Region);
    private string? _firstCause;
    private Exception? _cleanUpProblem;

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Models_on_SageMaker_and_Bedrock_and_the_Nova_judge_are_called_with_right_signatures_from_end_to_end()
    {
        var result = await RunAsync(SecretKey);

        result.Status.ShouldBe(ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
        _signatures.Problems.ShouldBeEmpty();
        _signatures.Calls.Keys.Order().ShouldBe(["bedrock", "events", "s3", "sagemaker", "sns", "states"]);
        _signatures.Calls["bedrock"].ShouldBe(60);
        var metrics = _workspace.Json(_workspace.Run("signed", "metrics.json"));
        metrics.GetProperty("judge").GetProperty("kind").GetString().ShouldBe("nova");
        metrics.GetProperty("outcomes").GetProperty("scored").GetInt32().ShouldBe(60);
        metrics.GetProperty("outcomes").GetProperty("a").GetInt32().ShouldBe(30);
        metrics.GetProperty("anchors").GetProperty("judged").GetInt32().ShouldBe(5);
        File.ReadAllText(_workspace.Run("signed", "judge", "recipe", "recipe.yaml")).ShouldContain("llm_judge");
        File.Exists(_workspace.Run("signed", "report", "figure.png")).ShouldBeTrue();
        Directory.Exists(Path.Combine(_workspace.Store, "callbacks")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_secret_is_noticed_at_the_first_call_and_ends_the_run()
    {
        var ended = await RunAsync("another secret");

        ended.Status.ShouldBe(ExecutionStatus.Failed);
        ended.Error.ShouldBe(Pipeline.ErrorNames.StoreFailed);
        _firstCause.ShouldNotBeNull().ShouldContain("SignatureDoesNotMatch");
        _firstCause.ShouldContain("The credentials are wrong or have expired");
        _cleanUpProblem.ShouldBeOfType<PipelineException>().ErrorName.ShouldBe(Pipeline.ErrorNames.StoreFailed);
        _signatures.Problems.ShouldNotBeEmpty();
        Directory.Exists(_workspace.Run("signed")).ShouldBeFalse();
    }

    private async Task<ExecutionResult> RunAsync(string secret)
    {
        File.Move(_workspace.Questions(60), _workspace.Write("store/incoming/questions.jsonl", ""), overwrite: true);
        await using var cloud = new LocalCloud(new FileObjectStore(_workspace.Store), PipelineTemplate.Embedded(), TimeProvider.System, new RunProgress());
        await using var aws = await LocalAwsServer.StartAsync(
            new LocalAwsOptions
            {
                Buckets = new Dictionary<string, IObjectStore> { [CloudNames.Bucket] = cloud.Store },
                Endpoints = name => name == "qwen-endpoint" ? new OneAnswer("green") : null,
                Models = id => id == ModelB["bedrock:".Length..] ? new OneAnswer("blue") : null,
                Jobs = cloud.Judges,
                JudgeImages = new Dictionary<string, string> { [Image] = "nova" },
                Callbacks = cloud.Callbacks,
                SignatureProblem = _signatures.Problem,
                Region = Region,
                Account = CloudNames.Account,
            },
            TestContext.Current.CancellationToken);
        var environment = Environment(aws.Address, secret);
        await using var processes = new FunctionProcesses(new FunctionProgram(ProcessRunTests.Built), aws.Functions, FunctionTemplate.Embedded(), _ => environment);
        cloud.Steps = processes.InvokeAsync;
        var result = await cloud.RunAsync("signed", JsonSerializer.SerializeToElement(new
        {
            runId = "signed",
            dataset = new { source = "incoming/questions.jsonl", sample = new { method = "all" } },
            modelA = new { model = ModelA },
            modelB = new { model = ModelB },
            judge = new { kind = "nova", anchors = 5 },
        }), TestContext.Current.CancellationToken);
        (_firstCause, _cleanUpProblem) = (cloud.LastHistory.FirstOrDefault(step => step.Cause is not null)?.Cause, cloud.CleanUpProblem);
        return result;
    }

    /// <summary>What Lambda and the stack give to every function.</summary>
    private static Dictionary<string, string> Environment(string address, string secret) => new()
    {
        ["AWS_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = secret,
        ["AWS_SESSION_TOKEN"] = SessionToken,
        ["AWS_ENDPOINT_URL"] = address,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["NOVA_BUCKET"] = CloudNames.Bucket,
        ["NOVA_STATE_MACHINE_ARN"] = CloudNames.StateMachineArn,
        ["NOVA_JUDGE_ROLE_ARN"] = CloudNames.RoleArn,
        ["NOVA_KMS_KEY_ARN"] = $"arn:aws:kms:{Region}:{CloudNames.Account}:key/00000000-0000-0000-0000-000000000000",
        ["NOVA_TOPIC_ARN"] = $"arn:aws:sns:{Region}:{CloudNames.Account}:nova-judge",
        ["NOVA_ALLOWED_MODELS"] = JsonSerializer.Serialize(new[] { ModelA, ModelB }),
        ["NOVA_ALLOWED_BUCKETS"] = JsonSerializer.Serialize(new[] { CloudNames.Bucket }),
        ["NOVA_ALLOWED_INSTANCE_TYPES"] = """["ml.g5.12xlarge"]""",
        ["NOVA_DEFAULTS"] = """{"judgeKind":"nova"}""",
    };
}
